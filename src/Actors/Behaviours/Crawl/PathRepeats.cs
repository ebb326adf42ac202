namespace Amble.Behaviours.Crawl;

/// <summary>Repetition in a path. Segments that are numbers do not count by themselves; in a sequence with a word they do.</summary>
internal static class PathRepeats
{
    // A path of more segments is cut for its depth by any sensible setting; what is looked at is bounded all the same.
    private const int MostLooked = 64;

    /// <param name="path">Begins with a slash.</param>
    public static bool AreTooMany(ReadOnlySpan<char> path, int inRow, int inPath)
    {
        Span<Range> segments = stackalloc Range[MostLooked];
        path = path[1..].TrimEnd('/');
        var count = path.Split(segments, '/');
        if (count <= Math.Min(inRow, inPath)) return false;
        for (var i = 0; i < count; i++)
        {
            if (StandsTooOften(path, segments[..count], i, inPath) || IsTooLongARow(path, segments[..count], i, inRow)) return true;
        }
        return false;
    }

    private static bool StandsTooOften(ReadOnlySpan<char> path, ReadOnlySpan<Range> segments, int at, int most)
    {
        var segment = path[segments[at]];
        if (IsNumber(segment)) return false;
        var times = 0;
        foreach (var other in segments[at..])
            times += path[other].SequenceEqual(segment) ? 1 : 0;
        return times > most;
    }

    // Whether the sequence that begins here, of any length, stands more often in a row than it may.
    private static bool IsTooLongARow(ReadOnlySpan<char> path, ReadOnlySpan<Range> segments, int at, int most)
    {
        for (var length = 1; at + (length * (most + 1)) <= segments.Length; length++)
        {
            var same = 0;
            while (at + length + same < segments.Length && path[segments[at + same]].SequenceEqual(path[segments[at + length + same]])) same++;
            if (same >= length * most && HasWord(path, segments.Slice(at, length))) return true;
        }
        return false;
    }

    private static bool HasWord(ReadOnlySpan<char> path, ReadOnlySpan<Range> segments)
    {
        foreach (var segment in segments)
        {
            if (!IsNumber(path[segment])) return true;
        }
        return false;
    }

    private static bool IsNumber(ReadOnlySpan<char> segment) => !segment.IsEmpty && segment.IndexOfAnyExceptInRange('0', '9') < 0;
}
