using Amble.Behaviours.Cards;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Local.Cards;

/// <summary>
/// The cards of one node, whatever its runtime: the rules are the desk's and the calendar's, the flow is the runtime's. Rounds go one at a
/// time; one that nobody waits for steps aside for a job's end.
/// </summary>
public sealed class NodeCards : ICards
{
    // A round that does not end by itself is left alone after this much more: a job's end must not hang on its cards.
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(50);

    private readonly CardSupplies _supplies;
    private readonly IScheduler _scheduler;
    private readonly IWriterLane _writer;
    private readonly ICardFlow _flow;
    private readonly CardDesk _desk;
    private readonly CardMaking _making;
    private readonly CardPlans _plans;
    private readonly RoundGate _gate;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _calendarGate = new();
    private CardCalendar _calendar;
    private bool _isOnDuty;
    private int _underWay;

    public NodeCards(CardSupplies supplies, IScheduler scheduler, IWriterLane writer, ICardFlow flow)
    {
        (_supplies, _scheduler, _writer, _flow) = (supplies, scheduler, writer, flow);
        _desk = new CardDesk(supplies.Settings);
        _making = new CardMaking(supplies, _desk, scheduler, writer);
        _plans = new CardPlans(supplies, scheduler);
        _gate = new RoundGate(scheduler);
        _calendar = CardCalendar.From(scheduler.Now, supplies.Settings);
    }

    /// <inheritdoc />
    public bool IsOn => !_supplies.Artist.IsCompleted || Artist is not null;

    /// <inheritdoc />
    public string? Painter => Artist?.Painter;

    /// <inheritdoc />
    public CardCounts Counts => _desk.Counts;

    /// <inheritdoc />
    public bool Offer(CardSubject subject)
    {
        if (_stop.IsCancellationRequested || Artist is not { } artist || !_desk.TryTake(subject, _scheduler.Now, _writer.HasRoom)) return false;
        Interlocked.Increment(ref _underWay);
        if (_flow.TryPut(() => DrawOnDemandAsync(artist, subject))) return true;
        Interlocked.Decrement(ref _underWay);
        _desk.Return(subject);
        return false;
    }

    /// <inheritdoc />
    public async Task DrawAtEndAsync(JobId job, CancellationToken stop)
    {
        var budget = _supplies.Settings.Budget;
        var ended = new TaskCompletionSource();
        _desk.BeginJobEnd();
        using var alarm = _scheduler.RunAt(_scheduler.Now + budget + _grace, () => ended.TrySetResult());
        await using var stopping = stop.Register(() => ended.TrySetResult());
        _ = RunAsync();
        await ended.Task.ConfigureAwait(false);

        async Task RunAsync()
        {
            try
            {
                await DrawAsync(new CardRound.JobEnd(job, budget), _ => { }, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The job's next life draws what is left.
            }
            finally
            {
                _desk.EndJobEnd();
                ended.TrySetResult();
            }
        }
    }

    /// <inheritdoc />
    public async Task<CardProgress> DrawAsync(CardRound round, Action<CardProgress> tell, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, _stop.Token);
        var until = _scheduler.Now + round.Budget;
        Interlocked.Increment(ref _underWay);
        try
        {
            var progress = await new RoundRun(this, round, until, tell, either.Token).RunAsync().ConfigureAwait(false);
            either.Token.ThrowIfCancellationRequested();
            return progress;
        }
        // The edge of a round: whatever it meets, whoever waits for it goes on.
        catch (Exception surprise) when (surprise is not OperationCanceledException)
        {
            _supplies.OnFault("cards", surprise);
            return default;
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    /// <inheritdoc />
    public void Tick()
    {
        CardDuty duty;
        lock (_calendarGate)
        {
            if (_isOnDuty || _stop.IsCancellationRequested) return;
            (duty, _calendar) = _calendar.At(_scheduler.Now, _supplies.Settings);
            if (duty == CardDuty.Nothing) return;
            _isOnDuty = true;
        }
        _ = DoAsync(duty);
    }

    /// <inheritdoc />
    public async Task DrainAsync(TimeSpan deadline)
    {
        Close();
        var quiet = new TaskCompletionSource();
        Watch(quiet, _scheduler.Now + deadline);
        await quiet.Task.ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return _flow.DisposeAsync();
    }

    /// <summary>Begins nothing more, and calls off what is under way.</summary>
    private void Close() => _stop.Cancel();

    private void Watch(TaskCompletionSource quiet, DateTimeOffset deadline)
    {
        if (Volatile.Read(ref _underWay) == 0 || _scheduler.Now >= deadline) quiet.TrySetResult();
        else _scheduler.RunAt(_scheduler.Now + _look, () => Watch(quiet, deadline));
    }

    private async Task DrawOnDemandAsync(ICardArtist artist, CardSubject subject)
    {
        try
        {
            var made = await _making.MakeAsync(artist, subject, CardWish.OnlyNew, null, null, _stop.Token).ConfigureAwait(false);
            if (made.Mark is { } mark) await StoreAsync([mark]).ConfigureAwait(false);
        }
        finally
        {
            _desk.Return(subject);
            Interlocked.Decrement(ref _underWay);
        }
    }

    private Task<WriterProtocol.IReply?> StoreAsync(IReadOnlyList<CardMark> marks) =>
        _making.WriteAsync(new WriterProtocol.NameCards(marks, _scheduler.Now), _scheduler.Now + _supplies.Settings.CardTimeout);

    private async Task DoAsync(CardDuty duty)
    {
        try
        {
            switch (duty)
            {
                case CardDuty.CarryOn: await DrawAsync(new CardRound.New(All: false, _supplies.Settings.Budget), _ => { }, CancellationToken.None).ConfigureAwait(false); break;
                case CardDuty.Redraw: await DrawAsync(new CardRound.Changed(_supplies.Settings.NightlyBudget), _ => { }, CancellationToken.None).ConfigureAwait(false); break;
                case CardDuty.ClearUp: await ClearUpAsync().ConfigureAwait(false); break;
            }
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
        finally
        {
            lock (_calendarGate) _isOnDuty = false;
        }
    }

    private async Task ClearUpAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var command = new WriterProtocol.DropCards(_scheduler.Now - _supplies.Settings.Unnamed);
            if (await _making.WriteAsync(command, _scheduler.Now + _supplies.Settings.CardTimeout).ConfigureAwait(false) is not WriterProtocol.CardsDropped dropped) return;
            _desk.CountDropped(dropped.Count);
            if (!dropped.HasMore) return;
        }
    }

    private ICardArtist? Artist => _supplies.Artist.IsCompletedSuccessfully ? _supplies.Artist.Result : null;

    // Null also when it does not come in time.
    private async Task<ICardArtist?> ArtistAsync(DateTimeOffset until, CancellationToken stop)
    {
        if (_supplies.Artist.IsCompleted) return Artist;
        var late = new TaskCompletionSource();
        using var alarm = _scheduler.RunAt(until, () => late.TrySetResult());
        await using var stopping = stop.Register(() => late.TrySetResult());
        await Task.WhenAny(_supplies.Artist, late.Task).ConfigureAwait(false);
        return Artist;
    }

    private Task PauseAsync()
    {
        var over = new TaskCompletionSource();
        _scheduler.RunAt(_scheduler.Now + _look, () => over.TrySetResult());
        return over.Task;
    }

    /// <summary>One round, from its turn to its end.</summary>
    private sealed class RoundRun(NodeCards cards, CardRound round, DateTimeOffset until, Action<CardProgress> tell, CancellationToken stop)
    {
        private readonly JobId? _ending = (round as CardRound.JobEnd)?.Job;
        private CardProgress _progress;
        private bool _hasTurn;

        private bool GoesOn => !stop.IsCancellationRequested && cards._scheduler.Now < until && !cards._desk.IsStuck;

        public async Task<CardProgress> RunAsync()
        {
            if (await cards.ArtistAsync(until, stop).ConfigureAwait(false) is not { } artist) return _progress;
            _hasTurn = await cards._gate.EnterAsync(until, stop).ConfigureAwait(false);
            try
            {
                using var slices = cards._plans.Slices(round).GetEnumerator();
                while (LooksOn && await cards._making.ReadAsync(() => slices.MoveNext() ? new Step(slices.Current) : Step.End).ConfigureAwait(false) is { } step)
                {
                    if (step.Slice is not { } slice) return _progress = _progress with { IsWhole = _progress.Left == 0 };
                    await TakeAsync(artist, slice).ConfigureAwait(false);
                }
                return _progress;
            }
            finally
            {
                if (_hasTurn) cards._gate.Leave();
            }
        }

        // A job's end looks at its pages also when it has no time for them: that they are left is to be known.
        private bool LooksOn => GoesOn || _ending is not null && !stop.IsCancellationRequested;

        private async Task TakeAsync(ICardArtist artist, CardSlice slice)
        {
            var before = _progress.Looked;
            _progress = _progress with { Left = slice.Subjects.Count };
            await cards._flow.EachAsync(slice.Subjects, () => _hasTurn && GoesOn, subject => MakeAsync(artist, subject, slice), cards.StoreAsync).ConfigureAwait(false);
            var left = slice.Subjects.Count - (_progress.Looked - before);
            if (left > 0) cards._desk.CountCarriedOver(left);
            if (slice.Job is { } job) await SetLeftAsync(job).ConfigureAwait(false);
        }

        private async Task<CardMark?> MakeAsync(ICardArtist artist, CardSubject subject, CardSlice slice)
        {
            await StepAsideAsync().ConfigureAwait(false);
            if (!_hasTurn || !GoesOn) return null;
            var made = await cards._making.MakeAsync(artist, subject, slice.Wish, _ending, until, stop).ConfigureAwait(false);
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
            if (_ending is null && cards._gate.HasWaiting)
            {
                cards._gate.Leave();
                _hasTurn = await cards._gate.EnterAsync(until, stop).ConfigureAwait(false);
            }
            while (GoesOn && !cards._writer.HasRoom) await cards.PauseAsync().ConfigureAwait(false);
        }

        private async Task SetLeftAsync(JobId job)
        {
            if (await cards._making.ReadAsync(() => new Count(cards._supplies.Cards.CountUncarded(job))).ConfigureAwait(false) is not { } count) return;
            await cards._making.WriteAsync(new WriterProtocol.SetCardsLeft(job, count.Pages), cards._scheduler.Now + cards._supplies.Settings.CardTimeout).ConfigureAwait(false);
        }

        private sealed record Count(long Pages);

        /// <param name="Slice">Null after the last one.</param>
        private sealed record Step(CardSlice? Slice)
        {
            public static Step End { get; } = new((CardSlice?)null);
        }
    }
}
