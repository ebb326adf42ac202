using Amble.Behaviours.Ports;

namespace Amble.App.Pages;

/// <summary>What may be wrong with a page that was answered well: its name in addresses, and in words.</summary>
public static class IssueWords
{
    private static readonly IReadOnlyDictionary<PageIssue, (string Name, string Words)> _all = new Dictionary<PageIssue, (string, string)>
    {
        [PageIssue.NoTitle] = ("no-title", "no title"),
        [PageIssue.NoDescription] = ("no-description", "no description"),
        [PageIssue.NoHeading] = ("no-heading", "no main heading"),
        [PageIssue.SeveralHeadings] = ("several-headings", "several main headings"),
        [PageIssue.NoIndex] = ("noindex", "noindex"),
        [PageIssue.CanonicalElsewhere] = ("canonical", "another page is the original"),
        [PageIssue.Slow] = ("slow", "slower than a second"),
        [PageIssue.FewWords] = ("few-words", "fewer than 50 words"),
        [PageIssue.LongTitle] = ("long-title", "title too long"),
    };

    public static IEnumerable<string> Names => _all.Values.Select(one => one.Name);

    public static string Name(PageIssue issue) => _all[issue].Name;

    public static string Words(PageIssue issue) => _all[issue].Words;

    public static PageIssue? Parse(string? name) => _all.Where(one => one.Value.Name == name).Select(one => (PageIssue?)one.Key).FirstOrDefault();
}
