using Amble.App.Export;
using Amble.App.Http;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Cli;

/// <summary>Where a command's jobs live: in this process, or in a running <c>serve</c> that has the data directory.</summary>
public interface IDesk : IAsyncDisposable
{
    /// <summary>Takes up the newest unfinished job of this start URL or, where there is none, a new one.</summary>
    Task<TakenJob> TakeUpAsync(NewJob job, CancellationToken stop);

    /// <summary>Null when there is no such job.</summary>
    Task<JobSummary?> ReadAsync(JobId job, CancellationToken stop);

    Task<JobFindings> ReadFindingsAsync(JobId job, int limit, CancellationToken stop);

    /// <summary>How politely a job asked; null when there is no such job.</summary>
    Task<PolitenessAnswer?> ReadPolitenessAsync(JobId job, CancellationToken stop);

    /// <summary>Where whole jobs are read from.</summary>
    IExportSource Exports { get; }

    /// <summary>False when there is no such job, or it ends or has ended otherwise. The report of a large job may still be being written.</summary>
    Task<bool> CancelAsync(JobId job, CancellationToken stop);

    /// <summary>How many units were opened again; null when there is no such job.</summary>
    Task<long?> RetryAsync(JobId job, CancellationToken stop);

    /// <summary>Deletes now what has expired; answers what went.</summary>
    Task<PurgeAnswer> PurgeAsync(CancellationToken stop);

    /// <summary>Draws cards in a round; null when nothing can draw there.</summary>
    /// <param name="tell">Told now and then how far it is.</param>
    Task<CardProgress?> DrawCardsAsync(CardRound round, Action<CardProgress> tell, CancellationToken stop);

    /// <summary>Why nothing can go on, in one sentence; null while it can.</summary>
    string? Trouble { get; }

    /// <summary>Leaves the jobs so that they can be taken up again; what becomes of them, in one sentence.</summary>
    Task<string> LeaveAsync(IReadOnlyList<JobId> jobs, string resume);
}

/// <param name="Resumed">It was there already, unfinished.</param>
public sealed record TakenJob(JobId Job, bool Resumed);

/// <summary>A desk did not answer as expected; the message is one sentence for people.</summary>
public sealed class DeskException(string message, Exception? inner = null) : Exception(message, inner);
