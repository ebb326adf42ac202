namespace Amble.App.Export;

/// <summary>Some rows of a list that is read in steps of a key.</summary>
/// <param name="Next">What to ask for as <c>after</c> to go on; null at the end.</param>
public sealed record Slice<T>(IReadOnlyList<T> Items, long? Next);

/// <summary>Whole lists, slice by slice: at no time is more than one slice in memory, and none holds a snapshot of the store for longer than its own read.</summary>
public static class Slices
{
    /// <summary>Rows in one read.</summary>
    public const int Size = 500;

    public static Slice<T> Of<T>(IReadOnlyList<T> rows, int limit, Func<T, long> key) => new(rows, rows.Count < limit ? null : key(rows[^1]));

    public static async IAsyncEnumerable<T> AllAsync<T>(Func<long?, Task<Slice<T>>> read)
    {
        long? after = null;
        do
        {
            var slice = await read(after);
            foreach (var row in slice.Items)
            {
                yield return row;
            }
            after = slice.Next;
        }
        while (after is not null);
    }
}
