using Amble.Behaviours.Cards;

namespace Amble.Local.Cards;

/// <summary>
/// One picture, drawn on a thread of its own, for as long as it may take. A painter that does not come back is given up and counted; should
/// it return after all, nobody takes its picture.
/// </summary>
internal sealed class CardDrawing(IScheduler scheduler, CardDesk desk)
{
    /// <summary>What a painter gave, or why it gave nothing.</summary>
    /// <param name="Outcome"><see cref="CardOutcome.Drawn"/>, <see cref="CardOutcome.Failed"/>, <see cref="CardOutcome.TimedOut"/> or <see cref="CardOutcome.Stopped"/>.</param>
    public readonly record struct Drawn(CardOutcome Outcome, byte[] Png, Exception? Fault);

    public async Task<Drawn> DrawAsync(ICardArtist artist, CardContent content, TimeSpan within, CancellationToken stop)
    {
        var answer = new TaskCompletionSource<Drawn>();
        var cut = new CancellationTokenSource();
        scheduler.RunLong(() =>
        {
            var drawn = Draw(artist, content, cut.Token);
            if (!answer.TrySetResult(drawn)) desk.Hang(-1);
        });
        using var alarm = scheduler.RunAt(scheduler.Now + within, () => GiveUp(CardOutcome.TimedOut));
        await using var stopping = stop.Register(() => GiveUp(CardOutcome.Stopped));
        return await answer.Task.ConfigureAwait(false);

        void GiveUp(CardOutcome why)
        {
            // Counted first: the painter may return at once.
            desk.Hang(1);
            if (!answer.TrySetResult(new Drawn(why, [], null))) desk.Hang(-1);
            cut.Cancel();
        }
    }

    private static Drawn Draw(ICardArtist artist, CardContent content, CancellationToken stop)
    {
        try
        {
            return new Drawn(CardOutcome.Drawn, artist.Draw(content, stop), null);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new Drawn(CardOutcome.Stopped, [], null);
        }
        // The edge of a drawing: what strangers wrote may make a painter throw anything, and the next card may well be drawn (D-6).
        catch (Exception fault)
        {
            return new Drawn(CardOutcome.Failed, [], fault);
        }
    }
}
