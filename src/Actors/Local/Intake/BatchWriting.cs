using Amble.Behaviours.AccessLog;
using Amble.Behaviours.Ports;

namespace Amble.Local.Intake;

/// <summary>Writes one batch until it is known what became of it: the same one again, after a wait, for as long as it is not stored.</summary>
/// <param name="chance">0 to 1, drawn for each wait.</param>
public sealed class BatchWriting<T>(IScheduler scheduler, IntakeQueue<T> queue, WriteBatch<T> write, Func<double> chance)
{
    /// <param name="done">Called once, with anything but <see cref="BatchOutcome.Unavailable"/>.</param>
    public void Write(IntakeBatch<T> batch, Action<BatchOutcome> done) => Try(batch, 1, done);

    private void Try(IntakeBatch<T> batch, int tries, Action<BatchOutcome> done)
    {
        if (queue.IsOver) return;
        write(batch, outcome =>
        {
            if (outcome is not BatchOutcome.Unavailable { Reason: var reason })
            {
                done(outcome);
                return;
            }
            queue.Trouble(reason);
            scheduler.RunAt(scheduler.Now + RetryRule.Wait(tries, chance()), () => Try(batch, tries + 1, done));
        });
    }
}
