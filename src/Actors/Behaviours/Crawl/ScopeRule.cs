using System.Collections.Immutable;
using Amble.Messages;

namespace Amble.Behaviours.Crawl;

// What becomes of a URL that was found in a job.
// The start URL is always taken. A URL of another site is only recorded. Of the site's own, one that lies too deep is kept out; so is one
// that an exclude pattern matches, and one that no include pattern matches where there are any.
// How many pages a job may have is not judged here: only who stores them can count them.

/// <summary>A job's scope, its patterns read once.</summary>
public sealed class ScopeRule
{
    private readonly PageUrl _start;
    private readonly int? _maxDepth;
    private readonly ImmutableArray<GlobPattern> _include;
    private readonly ImmutableArray<GlobPattern> _exclude;

    private ScopeRule(NewJob job)
    {
        _start = job.Start;
        _maxDepth = job.Limits.MaxDepth;
        _include = [.. job.Limits.Include.Select(Read)];
        _exclude = [.. job.Limits.Exclude.Select(Read)];
    }

    /// <exception cref="ArgumentException">A pattern cannot be read; the doors refuse such a job before it is one.</exception>
    public static ScopeRule Of(JobSpec job) => new(job.Asked);

    /// <param name="depth">Links away from the start URL.</param>
    public ScopeVerdict Judge(PageUrl found, int depth)
    {
        if (found == _start)
            return ScopeVerdict.Take;
        if (!SiteRule.SameSite(found, _start))
            return ScopeVerdict.AnotherSite;
        if (depth > _maxDepth)
            return ScopeVerdict.KeepOut(ExclusionReason.Depth);
        if (AnyMatches(_exclude, found))
            return ScopeVerdict.KeepOut(ExclusionReason.Exclude);
        return _include.IsEmpty || AnyMatches(_include, found) ? ScopeVerdict.Take : ScopeVerdict.KeepOut(ExclusionReason.Include);
    }

    private static bool AnyMatches(ImmutableArray<GlobPattern> patterns, PageUrl url)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Matches(url))
                return true;
        }
        return false;
    }

    private static GlobPattern Read(string text) =>
        GlobPattern.TryParse(text, out var glob, out var problem) ? glob : throw new ArgumentException(problem, nameof(text));
}

/// <summary>What becomes of a found URL.</summary>
/// <param name="Taken">It becomes work of the job.</param>
/// <param name="Why">The limit that keeps it out; null when it is taken, and when it is another site's and never was in question.</param>
public readonly record struct ScopeVerdict(bool Taken, ExclusionReason? Why)
{
    public static ScopeVerdict Take { get; } = new(true, null);

    /// <summary>Recorded as an outlink, never requested.</summary>
    public static ScopeVerdict AnotherSite { get; } = new(false, null);

    public static ScopeVerdict KeepOut(ExclusionReason why) => new(false, why);
}
