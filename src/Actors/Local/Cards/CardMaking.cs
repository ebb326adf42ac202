using Amble.Behaviours.Cards;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Local.Cards;

/// <summary>
/// Makes one card, from its thing to its stored picture: reads what is to be printed, draws it unless the picture is there, and hands it to
/// the writer. What it answers is to be remembered by a mark, which goes to the writer behind the picture.
/// </summary>
internal sealed class CardMaking(CardSupplies supplies, CardDesk desk, IScheduler scheduler, IWriterLane writer)
{
    private const int LongestError = 200;

    private readonly CardContents _contents = new(supplies);
    private readonly CardDrawing _drawing = new(scheduler, desk);

    /// <param name="until">When the round's budget ends; null on demand, where only the card's own time counts.</param>
    public async Task<CardMade> MakeAsync(ICardArtist artist, CardSubject subject, CardWish wish, JobId? ending, DateTimeOffset? until, CancellationToken stop)
    {
        var made = await TryAsync(artist, subject, wish, ending, until, stop).ConfigureAwait(false);
        desk.Count(made.Outcome);
        if (made.Mark?.RetryAt is { } retryAt) desk.Wait(subject, retryAt);
        return made;
    }

    private async Task<CardMade> TryAsync(ICardArtist artist, CardSubject subject, CardWish wish, JobId? ending, DateTimeOffset? until, CancellationToken stop)
    {
        var ends = scheduler.Now + supplies.Settings.CardTimeout;
        var isCutShort = until < ends;
        if (isCutShort) ends = until!.Value;
        var plan = await PlanAsync(artist, subject, wish, ending).ConfigureAwait(false);
        if (plan.Content is not { } content) return plan.Made;
        if (stop.IsCancellationRequested) return new CardMade(CardOutcome.Stopped);
        if (!desk.TryBegin(plan.Key)) return new CardMade(CardOutcome.Elsewhere);
        try
        {
            var drawn = await _drawing.DrawAsync(artist, content, ends - scheduler.Now, stop).ConfigureAwait(false);
            var outcome = drawn.Outcome == CardOutcome.TimedOut && isCutShort ? CardOutcome.Stopped : drawn.Outcome;
            if (drawn.Fault is { } fault) supplies.OnFault($"the card of {subject}", fault);
            if (outcome == CardOutcome.Drawn && drawn.Png.Length is 0 or > WriterProtocol.MostCardBytes) return Failed(subject, plan, CardOutcome.Failed, $"A picture of {drawn.Png.Length} bytes is no card.");
            if (outcome != CardOutcome.Drawn) return Failed(subject, plan, outcome, drawn.Fault?.Message ?? $"It took over {supplies.Settings.CardTimeout.TotalSeconds:0.###} s.");
            var reply = await WriteAsync(new WriterProtocol.SaveCard(plan.Key, drawn.Png, scheduler.Now), ends).ConfigureAwait(false);
            return reply is WriterProtocol.CardSaved ? new CardMade(CardOutcome.Drawn, CardMark.Named(subject, plan.Key)) : new CardMade(reply is null && isCutShort ? CardOutcome.Stopped : CardOutcome.Unsaved);
        }
        finally
        {
            desk.End(plan.Key);
        }
    }

    /// <summary>Hands the writer a command; null when it has not answered by then.</summary>
    public async Task<WriterProtocol.IReply?> WriteAsync(WriterProtocol.ICommand command, DateTimeOffset until)
    {
        var answer = new TaskCompletionSource<WriterProtocol.IReply?>();
        writer.Take(command, reply => scheduler.Run(() => answer.TrySetResult(reply)));
        using var alarm = scheduler.RunAt(until, () => answer.TrySetResult(null));
        return await answer.Task.ConfigureAwait(false);
    }

    /// <summary>Has marks stored; ends without an answer when it takes too long.</summary>
    public Task<WriterProtocol.IReply?> StoreAsync(IReadOnlyList<CardMark> marks) =>
        WriteAsync(new WriterProtocol.NameCards(marks, scheduler.Now), scheduler.Now + supplies.Settings.CardTimeout);

    /// <summary>Reads on a thread that may block; null when the store does not answer.</summary>
    public Task<T?> ReadAsync<T>(Func<T> read) where T : class
    {
        var answer = new TaskCompletionSource<T?>();
        scheduler.RunBlocking(() =>
        {
            T? found = null;
            try
            {
                found = read();
            }
            catch (StoreUnavailableException)
            {
                // Cards are nobody's trouble: what is not read now is drawn later.
            }
            // The edge of a round: whatever a read meets, whoever waits for cards must not wait for ever.
            catch (Exception surprise)
            {
                supplies.OnFault("cards", surprise);
            }
            scheduler.Run(() => answer.TrySetResult(found));
        });
        return answer.Task;
    }

    private async Task<Plan> PlanAsync(ICardArtist artist, CardSubject subject, CardWish wish, JobId? ending) =>
        await ReadAsync(() => Look(artist, subject, wish, ending)).ConfigureAwait(false) ?? Plan.Done(CardOutcome.Unsaved);

    private Plan Look(ICardArtist artist, CardSubject subject, CardWish wish, JobId? ending)
    {
        var now = scheduler.Now;
        var standing = supplies.Cards.ReadStanding(subject);
        if (standing?.Hash is not null && wish == CardWish.OnlyNew) return Plan.Done(CardOutcome.Kept);
        if (standing?.RetryAt is { } retryAt && retryAt > now)
        {
            desk.Wait(subject, retryAt);
            return Plan.Done(CardOutcome.Waiting);
        }
        if (_contents.Read(subject, ending, now) is not { } content)
            return new Plan("", null, new CardMade(CardOutcome.Gone, standing is null ? null : CardMark.Forgotten(subject)), 0);
        var key = artist.KeyOf(content).Text;
        if (standing?.Hash == key) return Plan.Done(CardOutcome.Kept);
        return supplies.Cards.HasCard(key)
            ? new Plan(key, null, new CardMade(CardOutcome.Reused, CardMark.Named(subject, key)), 0)
            : new Plan(key, content, default, standing?.Failures ?? 0);
    }

    private CardMade Failed(CardSubject subject, Plan plan, CardOutcome outcome, string why)
    {
        if (outcome is not (CardOutcome.Failed or CardOutcome.TimedOut)) return new CardMade(outcome);
        var failures = plan.Failures + 1;
        var error = why.Length > LongestError ? why[..LongestError] : why;
        return new CardMade(outcome, new CardMark(subject, null, failures, scheduler.Now + CardBackoff.After(failures, supplies.Settings), error));
    }

    /// <param name="Content">Null when there is nothing to draw; then <paramref name="Made"/> is all.</param>
    private sealed record Plan(string Key, CardContent? Content, CardMade Made, int Failures)
    {
        public static Plan Done(CardOutcome outcome) => new("", null, new CardMade(outcome), 0);
    }
}
