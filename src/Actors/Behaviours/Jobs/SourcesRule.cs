namespace Amble.Behaviours.Jobs;

/// <summary>
/// How many of the pages that link to a broken one a report keeps. Of each broken page 10,000 at most, of a job 200,000 at most. Where a
/// job has more, the bound of a single page is lowered, for all alike, until they fit: a link in the footer of every page then does not
/// crowd out the page that one forgotten article links to. How many there are is counted exactly in any case.
/// </summary>
public static class SourcesRule
{
    public const int MostOfTarget = 10_000;
    public const int MostOfJob = 200_000;

    /// <summary>The bound of a single page.</summary>
    /// <param name="counts">Sources of each broken page.</param>
    public static int Bound(IReadOnlyList<int> counts)
    {
        var (fits, tooMany) = (0, MostOfTarget + 1);
        while (tooMany - fits > 1)
        {
            var bound = (fits + tooMany) / 2;
            if (counts.Sum(count => (long)Math.Min(count, bound)) <= MostOfJob) fits = bound;
            else tooMany = bound;
        }
        return fits;
    }
}
