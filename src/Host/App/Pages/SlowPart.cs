using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Pages;

/// <summary>The pages that took longest, each with where its time went; the slowest fills the width.</summary>
public static class SlowPart
{
    public static Html Table(IReadOnlyList<ReportPage> slow, PageUrl start, string caption)
    {
        var whole = TimeSpan.FromMilliseconds(Math.Max(1, slow.Count == 0 ? 1 : slow.Max(page => page.Milliseconds)));
        return Html.Of($"""
            {PhasesBar.Legend}
            <div class="scroll"><table class="slow"><caption>{caption}</caption>
            <thead><tr><th scope="col" class="n">Time</th><th scope="col">Page, and where its time went</th></tr></thead>
            <tbody>{slow.Select(page => Row(page, start, whole))}</tbody></table></div>
            """);
    }

    private static Html Row(ReportPage page, PageUrl start, TimeSpan whole)
    {
        var phases = page.Phases is { } known ? PhasesBar.Write(known, whole) : Html.None;
        return Html.Of($"""<tr><td class="n">{Parts.Milliseconds(page.Milliseconds)}</td><td class="u">{Parts.Page(page.Page, page.Url, start, page.Title)}{phases}</td></tr>""");
    }
}
