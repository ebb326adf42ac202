using Amble.Behaviours.Jobs;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Runtime;
using Amble.Messages;

namespace Amble.Local;

/// <summary>
/// Makes a job's report and has it stored. The next part is made only once the one before is stored: a long report waits for its turn
/// like everybody else, and is never in memory as a whole. A store that does not answer ends it; it may be begun again. Then the job's cards
/// are drawn, for as long as they may take (D-2): whatever becomes of them, the job ends.
/// </summary>
internal sealed class ReportWriting(Outside outside, JobWork.WriteReport work, Func<object, bool> post)
{
    private IEnumerator<ReportPart>? _parts;

    public void Begin() => outside.Scheduler.RunBlocking(GoOn);

    private void GoOn()
    {
        if (outside.Stopping.IsCancellationRequested) return;
        object answer;
        try
        {
            _parts ??= outside.Reads.ReadReport(work.Job, outside.Stopping).GetEnumerator();
            if (_parts.MoveNext())
            {
                // A part that cannot be stored is set aside and counted; the report goes on without it.
                outside.Writer.Take(new WriterProtocol.SaveReport(work.Job, _parts.Current), _ => Begin());
                return;
            }
            answer = new JobWork.ReportWritten(outside.Reads.ReadStartProblem(work.Job));
            if (outside.Cards is { IsOn: true } cards)
            {
                _parts.Dispose();
                _ = DrawCardsAsync(cards, answer);
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // The process ends; the job is still finishing in the store.
            return;
        }
        catch (StoreUnavailableException trouble)
        {
            answer = new WorkFailed(work, trouble.Message);
        }
        _parts?.Dispose();
        outside.Scheduler.Run(() => post(answer));
    }

    private async Task DrawCardsAsync(ICards cards, object answer)
    {
        await cards.DrawAtEndAsync(work.Job, outside.Stopping).ConfigureAwait(false);
        // Stopped, the job is still finishing in the store, and ends in its next life.
        if (!outside.Stopping.IsCancellationRequested) outside.Scheduler.Run(() => post(answer));
    }
}
