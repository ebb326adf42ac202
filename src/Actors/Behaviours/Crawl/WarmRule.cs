using Amble.Messages;

namespace Amble.Behaviours.Crawl;

// When a page of a warm job is visited a second time. It was answered well and read to its end, since a cache keeps only what went through it
// whole; and a cache said that it had not got it, or only too old. Where no cache says anything a second visit would prove nothing, and what
// a cache lets pass it will let pass again.

/// <summary>Decides whether a second visit follows.</summary>
public static class WarmRule
{
    public static bool AsksAgain(JobSpec job, StatusClass @class, FetchOutcome outcome) =>
        job.Asked.Warm && @class == StatusClass.Ok && outcome is FetchOutcome.Answered { Content: not null, Cache: CacheStatus.Miss or CacheStatus.Stale };
}
