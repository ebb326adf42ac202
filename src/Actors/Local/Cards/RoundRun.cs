using Amble.Behaviours.Cards;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Local.Cards;

/// <summary>What a node's rounds share.</summary>
internal sealed record RoundParts(
    CardSupplies Supplies, IScheduler Scheduler, IWriterLane Writer, ICardFlow Flow, CardDesk Desk, CardMaking Making, CardPlans Plans, RoundGate Gate);

/// <summary>One round, from its turn to its end.</summary>
internal sealed class RoundRun(RoundParts parts, CardRound round, DateTimeOffset until, Action<CardProgress> tell, CancellationToken stop)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);

    private readonly JobId? _ending = (round as CardRound.JobEnd)?.Job;
    private CardProgress _progress;
    private bool _hasTurn;

    private bool GoesOn => !stop.IsCancellationRequested && parts.Scheduler.Now < until && !parts.Desk.IsStuck;

    public async Task<CardProgress> RunAsync()
    {
        if (await ArtistAsync().ConfigureAwait(false) is not { } artist) return _progress;
        _hasTurn = await parts.Gate.EnterAsync(until, stop).ConfigureAwait(false);
        try
        {
            using var slices = parts.Plans.Slices(round).GetEnumerator();
            while (LooksOn && await parts.Making.ReadAsync(() => slices.MoveNext() ? new Step(slices.Current) : Step.End).ConfigureAwait(false) is { } step)
            {
                if (step.Slice is not { } slice) return _progress = _progress with { IsWhole = _progress.Left == 0 };
                await TakeAsync(artist, slice).ConfigureAwait(false);
            }
            return _progress;
        }
        finally
        {
            if (_hasTurn) parts.Gate.Leave();
        }
    }

    // A job's end looks at its pages also when it has no time for them: that they are left is to be known.
    private bool LooksOn => GoesOn || _ending is not null && !stop.IsCancellationRequested;

    private async Task TakeAsync(ICardArtist artist, CardSlice slice)
    {
        var before = _progress.Looked;
        _progress = _progress with { Left = slice.Subjects.Count };
        await parts.Flow.EachAsync(slice.Subjects, () => _hasTurn && GoesOn, subject => MakeAsync(artist, subject, slice), parts.Making.StoreAsync).ConfigureAwait(false);
        var left = slice.Subjects.Count - (_progress.Looked - before);
        if (left > 0) parts.Desk.CountCarriedOver(left);
        if (slice.Job is { } job) await SetLeftAsync(job).ConfigureAwait(false);
    }

    private async Task<CardMark?> MakeAsync(ICardArtist artist, CardSubject subject, CardSlice slice)
    {
        await StepAsideAsync().ConfigureAwait(false);
        if (!_hasTurn || !GoesOn) return null;
        var made = await parts.Making.MakeAsync(artist, subject, slice.Wish, _ending, until, stop).ConfigureAwait(false);
        // It is still to be drawn.
        if (made.Outcome == CardOutcome.Stopped) return null;
        _progress = made.Outcome switch
        {
            CardOutcome.Drawn or CardOutcome.Reused => _progress with { Drawn = _progress.Drawn + 1 },
            CardOutcome.Failed or CardOutcome.TimedOut or CardOutcome.Unsaved => _progress with { Failed = _progress.Failed + 1 },
            _ => _progress with { Kept = _progress.Kept + 1 },
        };
        _progress = _progress with { Looked = _progress.Looked + 1, Left = _progress.Left - 1 };
        tell(_progress);
        return made.Mark;
    }

    // Nobody stands before what a job's end waits for, and a writer that is behind is not given more.
    private async Task StepAsideAsync()
    {
        if (_ending is null && parts.Gate.HasWaiting)
        {
            parts.Gate.Leave();
            _hasTurn = await parts.Gate.EnterAsync(until, stop).ConfigureAwait(false);
        }
        while (GoesOn && !parts.Writer.HasRoom) await PauseAsync().ConfigureAwait(false);
    }

    private async Task SetLeftAsync(JobId job)
    {
        if (await parts.Making.ReadAsync(() => new Count(parts.Supplies.Cards.CountUncarded(job))).ConfigureAwait(false) is not { } count) return;
        await parts.Making.WriteAsync(new WriterProtocol.SetCardsLeft(job, count.Pages), parts.Scheduler.Now + parts.Supplies.Settings.CardTimeout).ConfigureAwait(false);
    }

    // Null also when it does not come in time.
    private async Task<ICardArtist?> ArtistAsync()
    {
        var late = new TaskCompletionSource();
        using var alarm = parts.Scheduler.RunAt(until, () => late.TrySetResult());
        await using var stopping = stop.Register(() => late.TrySetResult());
        await Task.WhenAny(parts.Supplies.Artist, late.Task).ConfigureAwait(false);
        return parts.Supplies.Artist.IsCompletedSuccessfully ? await parts.Supplies.Artist.ConfigureAwait(false) : null;
    }

    private Task PauseAsync()
    {
        var over = new TaskCompletionSource();
        parts.Scheduler.RunAt(parts.Scheduler.Now + _pause, () => over.TrySetResult());
        return over.Task;
    }

    private sealed record Count(long Pages);

    /// <param name="Slice">Null after the last one.</param>
    private sealed record Step(CardSlice? Slice)
    {
        public static Step End { get; } = new((CardSlice?)null);
    }
}
