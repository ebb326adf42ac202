using Amble.App.Export;
using Amble.App.Http;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Cli;

/// <summary>
/// The jobs of this process. Disposing it closes the node and then gives the directory back. A node that its cluster has gone on without may
/// hang on a store that does not answer: then the end of the process, which comes next, closes what is left.
/// </summary>
public sealed class LocalDesk(INode node, IDisposable held) : IDesk
{
    public INode Node => node;

    /// <summary>What a stop may take (DESIGN.md section 4).</summary>
    public static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(5);

    public string? Trouble => node.Runtime.Health switch
    {
        { DiskFull: true } => "The disk is full, so nothing more can be stored; all that was committed is safe.",
        { IsFenced: true, StoreTrouble: { } trouble } => trouble,
        _ => null,
    };

    public async Task<TakenJob> TakeUpAsync(NewJob job, CancellationToken stop) =>
        node.Reads.ReadUnfinished(job.Start) is { } unfinished
            ? new TakenJob(unfinished.Job.Id, Resumed: true)
            : new TakenJob((await node.Runtime.CreateAsync(job, stop)).Id, Resumed: false);

    public async Task<JobSummary?> ReadAsync(JobId job, CancellationToken stop) =>
        node.Reads.ReadJob(job) is { } view ? JobSummary.Of(view, await node.Runtime.AskAsync(view.Job.Start.Domain, stop)) : null;

    public Task<JobFindings> ReadFindingsAsync(JobId job, int limit, CancellationToken stop) => Task.FromResult(JobFindings.Read(node, job, limit));

    public Task<PolitenessAnswer?> ReadPolitenessAsync(JobId job, CancellationToken stop) =>
        Task.FromResult(node.Reads.ReadJob(job) is null ? null : PolitenessAnswer.Of(job, node.Politeness.ReadPoliteness(job, stop)));

    public IExportSource Exports => node.Exports();

    // The report is written by this process, which ends soon.
    public async Task<bool> CancelAsync(JobId job, CancellationToken stop)
    {
        var isCancelled = await node.Runtime.CancelAsync(job, stop);
        if (isCancelled) await node.Runtime.WhenEndedAsync(job, stop);
        return isCancelled;
    }

    public Task<long?> RetryAsync(JobId job, CancellationToken stop) =>
        node.Reads.ReadJob(job) is null ? Task.FromResult<long?>(null) : node.Runtime.RetryAsync(job, stop);

    public async Task<PurgeAnswer> PurgeAsync(CancellationToken stop) => PurgeAnswer.Of(await node.Retention.PurgeAsync(stop));

    public async Task<CardProgress?> DrawCardsAsync(CardRound round, Action<CardProgress> tell, CancellationToken stop)
    {
        if (!node.Runtime.Cards.IsOn) return null;
        try
        {
            var drawn = await node.Runtime.Cards.DrawAsync(round, tell, stop);
            return node.Runtime.Cards.IsOn ? drawn : null;
        }
        finally
        {
            // What was drawn last is still on its way into the store.
            await node.Runtime.StopAsync(StopDeadline);
        }
    }

    public async Task<string> LeaveAsync(IReadOnlyList<JobId> jobs, string resume)
    {
        await node.Runtime.StopAsync(StopDeadline);
        return $"All that was committed is safe. To go on: {resume}";
    }

    public async ValueTask DisposeAsync()
    {
        var closed = Task.Run(async () => await node.DisposeAsync());
        await (node.WhenLost.IsCompleted ? Task.WhenAny(closed, Task.Delay(StopDeadline, TimeProvider.System)) : closed);
        held.Dispose();
    }
}
