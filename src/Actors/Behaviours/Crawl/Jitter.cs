using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>
/// Chance without a die: a roll in 0..1 from the domain's name and the number of the request, so that a replay rolls the same and
/// domains do not roll alike (P-18+).
/// </summary>
public static class Jitter
{
    public static double Roll(DomainName domain, long request)
    {
        var seed = 14695981039346656037UL;
        foreach (var c in domain.Value) seed = (seed ^ c) * 1099511628211UL;
        return Mix(seed + (ulong)request * 0x9E3779B97F4A7C15UL) / (double)ulong.MaxValue;
    }

    // SplitMix64's finaliser: neighbouring numbers give unrelated rolls.
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
