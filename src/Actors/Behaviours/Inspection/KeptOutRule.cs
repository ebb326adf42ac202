using Amble.Messages;

namespace Amble.Behaviours.Inspection;

/// <summary>Which rule kept a URL out, in words that name what an operator could change.</summary>
internal static class KeptOutRule
{
    public static string Of(ExclusionReason? why, JobLimits limits) => why switch
    {
        ExclusionReason.Robots => "robots.txt does not allow it.",
        ExclusionReason.RobotsUnreachable => "robots.txt could not be read, which forbids all of its origin (RFC 9309 section 2.3.1.4).",
        ExclusionReason.Depth => $"it is further from the start than the {limits.MaxDepth} links that --max-depth allows.",
        ExclusionReason.PageLimit => $"the job has all the {limits.MaxPages} pages that --max-pages allows.",
        ExclusionReason.Include => $"none of --include {Globs(limits.Include)} matches it.",
        ExclusionReason.Exclude => $"one of --exclude {Globs(limits.Exclude)} matches it.",
        ExclusionReason.TooManyRedirects => "more than ten redirects led to it.",
        ExclusionReason.TrapRepeatedSegments => "segments of its path repeat, as those of a relative link that nests (Traps settings).",
        ExclusionReason.TrapDeepPath => "its path has too many segments (Traps settings).",
        ExclusionReason.TrapSession => "only its session id differs from a URL that was taken.",
        ExclusionReason.TrapQueryOrder => "only the order of its parameters differs from a URL that was taken.",
        ExclusionReason.TrapQueries => "its path has had too many different queries (Traps settings).",
        ExclusionReason.TrapQueryFilters => "its path has had too many queries of many parameters, as filters that combine make them (Traps settings).",
        ExclusionReason.TrapCalendar => "there were too many dates under its path, as a calendar makes them (Traps settings).",
        ExclusionReason.TrapPrefix => "there were too many URLs under the first segment of its path (Traps settings).",
        _ => "a rule that this version does not know.",
    };

    private static string Globs(IReadOnlyList<string> globs) => string.Join(", ", globs);
}
