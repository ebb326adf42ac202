using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Pages;

/// <summary>A few visits of one class, with what was said of each.</summary>
public static class VisitsPart
{
    public static Html Table(IReadOnlyList<VisitView> visits, PageUrl start, string caption) => Html.Of($"""
        <div class="scroll"><table><caption>{caption}</caption>
        <thead><tr><th scope="col" class="k">Answer</th><th scope="col">Page</th></tr></thead>
        <tbody>{visits.Select(visit => Html.Of($"""<tr><td class="k">{Parts.Outcome(visit.Class, visit.Status, visit.Error)}</td><td class="u">{Parts.Page(visit.Page, visit.Url, start, visit.Title)}{Error(visit)}</td></tr>"""))}</tbody></table></div>
        """);

    private static Html Error(VisitView visit) => visit is { Error: { } error, Status: not null } ? Html.Of($"""<ul><li>{error}</li></ul>""") : Html.None;
}
