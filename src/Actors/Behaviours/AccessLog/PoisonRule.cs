namespace Amble.Behaviours.AccessLog;

/// <summary>
/// Which rows of a batch cannot be stored (A-8+): a range is tried whole; one that fails is halved and each half tried, down to the row
/// that fails alone. All others are stored, in order. One bad row of n costs about 2 × log2(n) tries.
/// </summary>
public static class PoisonRule
{
    /// <summary>The rows that failed alone, in order.</summary>
    /// <param name="tryStore">Stores a range (first row, rows) whole or, when it is false, not at all.</param>
    public static IReadOnlyList<int> Isolate(int count, Func<int, int, bool> tryStore)
    {
        var poison = new List<int>();
        Store(0, count);
        return poison;

        void Store(int from, int many)
        {
            if (many == 0 || tryStore(from, many)) return;
            if (many == 1)
            {
                poison.Add(from);
                return;
            }
            Store(from, many / 2);
            Store(from + many / 2, many - many / 2);
        }
    }
}
