using Amble.App.Cli;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Pages;

/// <summary>Broken pages by target, each with pages that link to it and the words of the link.</summary>
public static class BrokenPart
{
    public static Html Table(JobSpec job, IReadOnlyList<ReportPage> broken, IReadOnlyDictionary<PageId, IReadOnlyList<ReportSource>> sources, string caption) => Html.Of($"""
        <div class="scroll"><table><caption>{caption}</caption>
        <thead><tr><th scope="col" class="k">Answer</th><th scope="col">Page, and where it is linked</th><th scope="col" class="n">Linked from</th></tr></thead>
        <tbody>{broken.Select(page => Row(job, page, sources.GetValueOrDefault(page.Page, [])))}</tbody></table></div>
        """);

    /// <summary>A page that links, and the words of its link.</summary>
    public static Html Source(PageUrl page, string anchor, PageUrl start)
    {
        var words = string.IsNullOrWhiteSpace(anchor) ? Html.Of($""" <span class="none">without words</span>""") : Html.Of($""" as <q>{anchor}</q>""");
        return Html.Of($"""{Parts.Outward(page, start)}{words}""");
    }

    private static Html Row(JobSpec job, ReportPage page, IReadOnlyList<ReportSource> sources) => Html.Of($"""
        <tr><td class="k">{Parts.Outcome(page.Class, page.Status, page.Error)}</td><td class="u">{Parts.Page(page.Page, page.Url, job.Start)}{Sources(job, page, sources)}</td><td class="n">{page.SourceCount}</td></tr>
        """);

    private static Html Sources(JobSpec job, ReportPage page, IReadOnlyList<ReportSource> sources)
    {
        if (sources.Count == 0)
        {
            return Html.None;
        }
        var unlisted = page.SourceCount - sources.Count;
        var rest = unlisted > 0 ? Html.Of($"""<li><a href="/jobs/{job.Id.ToString()}/broken/{page.Page.Value.ToString()}">and from {Quantity.Of(unlisted, "more page")}</a></li>""") : Html.None;
        return Html.Of($"""<ul>{sources.Select(source => Html.Of($"""<li>from {Source(source.Page, source.Anchor, job.Start)}</li>"""))}{rest}</ul>""");
    }
}
