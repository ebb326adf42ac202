using Amble.App.Pages;
using Amble.App.Settings;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Http;

/// <summary>What <c>/jobs/{id}/pages</c> is asked for: its query, read as a whole, so that all that is wrong is told at once.</summary>
public static class PageListRequest
{
    public const int Limit = 100;
    private const int LongestSearch = 200;

    /// <summary>The query, or what is wrong with it; an empty field is one that is not there.</summary>
    public static (PageQuery? Query, IReadOnlyList<Problem> Problems) Read(IQueryCollection given)
    {
        var problems = new List<Problem>();
        var (of, issueName, search, sortName, after) = (Field(given, "class"), Field(given, "issue"), Field(given, "q"), Field(given, "sort"), Field(given, "after"));
        var only = ClassLook.Parse(of);
        if (of is not null && only is null)
        {
            problems.Add(new Problem("class", of, string.Join(", ", ClassLook.All.Select(ClassLook.Name))));
        }
        var issue = IssueWords.Parse(issueName);
        if (issueName is not null && issue is null)
        {
            problems.Add(new Problem("issue", issueName, string.Join(", ", IssueWords.Names)));
        }
        var sort = SortWords.Parse(sortName ?? SortWords.Name(PageSort.Found));
        if (sort is null)
        {
            problems.Add(new Problem("sort", sortName, string.Join(", ", SortWords.All.Select(SortWords.Name))));
        }
        if (search?.Length > LongestSearch)
        {
            problems.Add(new Problem("q", search[..20] + "…", $"at most {LongestSearch} characters"));
        }
        if (after is not null && !PageCursor.TryParse(after, issue is null ? sort ?? PageSort.Found : PageSort.Found, out _))
        {
            problems.Add(new Problem("after", after, "what a list of this order gave out as its next place"));
        }
        return problems.Count > 0 ? (null, problems) : (new PageQuery(only, search, sort!.Value, Limit, after) { Issue = issue }, problems);
    }

    private static string? Field(IQueryCollection given, string name) => given[name] is [{ Length: > 0 } value, ..] ? value : null;
}
