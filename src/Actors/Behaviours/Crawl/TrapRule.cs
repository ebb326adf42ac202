using Amble.Messages;

namespace Amble.Behaviours.Crawl;

// Which URLs are a trap's work and not a page's. Some tell by their shape: a path that is too deep; a segment or a sequence of segments that
// stands too often in a row (a relative link that nests: /a/b/a/b/a/b), or one segment too often in all. Numbers alone do not repeat:
// /10/10/10 is a date and a page.
// The others tell only by how many there are in a job, so each new URL is charged to budgets, and is cut where one is used up. The same
// parameters in another order are one URL, and so are URLs that differ only in a session id: the first is taken. A path has a budget of
// queries, a small one for those of many parameters, which combine. A prefix has a budget of dates, where the date ends the URL (what
// follows a date is an article). Everything under one first segment has a budget, which is larger where there is more elsewhere.
// The start URL is never charged. A count belongs to its job and is kept with the URL it was raised for, in one commit.

/// <summary>Traps by shape, and the budgets that a URL is charged to.</summary>
public static class TrapRule
{
    /// <summary>Budgets of one URL at most.</summary>
    public const int MostBudgets = 5;

    /// <summary>Null when its shape is that of a page.</summary>
    public static ExclusionReason? ByShape(PageUrl url, TrapSettings s)
    {
        var path = UrlShape.PathOf(url);
        if (path.Count('/') > s.Segments) return ExclusionReason.TrapDeepPath;
        return PathRepeats.AreTooMany(path, s.RepeatsInRow, s.RepeatsInPath) ? ExclusionReason.TrapRepeatedSegments : null;
    }

    /// <summary>Writes the budgets of a URL, the most telling first, and gives their number.</summary>
    public static int Budgets(PageUrl url, Span<TrapBudget> budgets)
    {
        var count = 0;
        var query = UrlShape.QueryOf(url);
        var parameters = query.IsEmpty ? 0 : query.Count('&') + 1;
        if (SessionMark.KeyWithout(url) is { } session) budgets[count++] = new(ExclusionReason.TrapSession, session);
        if (parameters > 1) budgets[count++] = new(ExclusionReason.TrapQueryOrder, UrlShape.KeyInAnyOrder(url));
        if (DateMark.KeyWithout(url) is { } dated) budgets[count++] = new(ExclusionReason.TrapCalendar, dated);
        if (parameters > 0)
        {
            var isFew = parameters <= TrapBudget.MostOfFew;
            var of = StableHash.Of(isFew ? "few" : "many").And(UrlShape.OriginOf(url)).And(UrlShape.PathOf(url));
            budgets[count++] = new(isFew ? ExclusionReason.TrapQueries : ExclusionReason.TrapQueryFilters, of.Value);
        }
        budgets[count++] = new(ExclusionReason.TrapPrefix, StableHash.Of("prefix").And(UrlShape.OriginOf(url)).And(UrlShape.PrefixOf(url)).Value);
        return count;
    }

    /// <summary>Whether one more fits.</summary>
    /// <param name="used">URLs charged to this budget so far.</param>
    /// <param name="pages">Pages that the job has in all.</param>
    public static bool HasRoom(ExclusionReason budget, long used, long pages, TrapSettings s) => used < budget switch
    {
        ExclusionReason.TrapSession or ExclusionReason.TrapQueryOrder => 1,
        ExclusionReason.TrapCalendar => s.Dates,
        ExclusionReason.TrapQueries => s.QueriesOfFew,
        ExclusionReason.TrapQueryFilters => s.QueriesOfMany,
        ExclusionReason.TrapPrefix => Math.Max(s.UnderPrefix, s.TimesElsewhere * (pages - used)),
        _ => throw new ArgumentOutOfRangeException(nameof(budget), budget, "Not a budget."),
    };
}

/// <summary>One budget that a URL is charged to.</summary>
/// <param name="Why">The reason when it is used up.</param>
/// <param name="Key">Which one, for good: the same in every process and version.</param>
public readonly record struct TrapBudget(ExclusionReason Why, long Key)
{
    /// <summary>Up to this many parameters may well name an item; more are filters.</summary>
    public const int MostOfFew = 3;
}
