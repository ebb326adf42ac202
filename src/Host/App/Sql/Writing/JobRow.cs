using Amble.Messages;

namespace Amble.App.Sql.Writing;

/// <summary>A job's row as it is in this turn: read once, changed in memory, written once before the commit.</summary>
internal sealed class JobRow(JobId id)
{
    public JobId Id { get; } = id;
    public JobState State { get; set; }
    public string? Reason { get; set; }

    /// <summary>How a finishing job will end; running while it is being opened again.</summary>
    public JobState? Outcome { get; set; }

    public bool IsReported { get; set; }
    public long? ResumeAt { get; set; }
    public long? EndedAt { get; set; }
    public long? FirstRequestAt { get; set; }
    public long? LastRequestEndAt { get; set; }
    public long? MaxPages { get; init; }
    public long Pages { get; set; }
    public long Pending { get; set; }
    public long Excluded { get; set; }
    public long Requests { get; set; }
    public long Retries { get; set; }
    public long Throttled { get; set; }
    public long Bytes { get; set; }
    public long NotModified { get; set; }
    public long SavedBytes { get; set; }
    public long Warmed { get; set; }
    public long WarmedHits { get; set; }

    /// <summary>Its sitemap files; null until this turn needs to know.</summary>
    public long? Sitemaps { get; set; }

    /// <summary>Visits by <see cref="StatusClass"/>.</summary>
    public long[] Visits { get; } = new long[5];

    /// <summary>Visits that have expired and gone.</summary>
    public long Purged { get; set; }

    /// <summary>1 while what hangs on the job goes, 2 when it is gone.</summary>
    public long Emptied { get; set; }

    /// <summary>Visits that are stored.</summary>
    public long Stored => Visits.Sum() - Purged;

    public bool IsChanged { get; set; }

    /// <summary>One visit more or less. A class that there is not is the row's fault, which the table finds.</summary>
    public void Count(StatusClass @class, int by)
    {
        if ((uint)@class < (uint)Visits.Length) Visits[(int)@class] += by;
    }

    /// <summary>Completed, blocked, failed or cancelled.</summary>
    public bool HasEnded => State >= JobState.Completed;

    /// <summary>It is being opened again.</summary>
    public bool IsOpening => State == JobState.Finishing && Outcome == JobState.Running;

    /// <summary>It has ended or is about to: takes no more units.</summary>
    public bool TakesNoMore => HasEnded || State == JobState.Finishing && !IsOpening;

    public bool HasRoom => MaxPages is not { } most || Pages < most;
}
