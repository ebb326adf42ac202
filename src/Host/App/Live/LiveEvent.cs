using Amble.App.Http;
using Amble.Behaviours.Ports;

namespace Amble.App.Live;

/// <summary>What a watcher is told.</summary>
public abstract record LiveEvent
{
    private LiveEvent() { }

    /// <summary>The job's sums as they are. Whoever has read it has been told all up to its mark.</summary>
    public sealed record Progress(VisitMark At, JobSummary Sums) : LiveEvent;

    /// <summary>A visit that somebody should look at. One that was ok is only in the sums: there may be thousands a second.</summary>
    public sealed record Visit(LiveVisit What) : LiveEvent;

    /// <summary>Visits were passed over: those with the numbers from <paramref name="First"/> to <paramref name="Last"/>; nulls when it is not known which.</summary>
    public sealed record Gap(long? First, long? Last) : LiveEvent;

    /// <summary>The job has ended and all was told: nothing follows.</summary>
    public sealed record End(VisitMark At, JobSummary Sums) : LiveEvent;
}
