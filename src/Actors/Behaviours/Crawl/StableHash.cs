namespace Amble.Behaviours.Crawl;

/// <summary>
/// FNV-1a in 64 bits, over characters: the same in every process, for keys that are stored. Two texts of one hash share a budget, which costs a page
/// in the worst case; nothing safer hangs on it.
/// </summary>
public readonly record struct StableHash(long Value)
{
    private const ulong Start = 0xCBF29CE484222325;
    private const ulong Prime = 0x100000001B3;

    public static StableHash Of(ReadOnlySpan<char> text) => new StableHash(unchecked((long)Start)).And(text);

    /// <summary>With a mark between, so that "ab" and "c" are not "a" and "bc".</summary>
    public StableHash And(ReadOnlySpan<char> text)
    {
        var hash = unchecked((ulong)Value);
        foreach (var c in text) hash = unchecked((hash ^ c) * Prime);
        return new(unchecked((long)((hash ^ 0xFFFF) * Prime)));
    }

    public StableHash And(long number) => new(unchecked((long)(((ulong)Value ^ (ulong)number) * Prime)));
}
