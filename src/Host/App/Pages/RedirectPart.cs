using Amble.App.Http;
using Amble.Behaviours.Jobs;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Pages;

/// <summary>Redirects, each with the steps that follow from it.</summary>
public static class RedirectPart
{
    public static Html Table(IReadOnlyList<ReportPage> redirects, PageUrl start, string caption) => Html.Of($"""
        <div class="scroll"><table><caption>{caption}</caption>
        <thead><tr><th scope="col" class="k">Answer</th><th scope="col">From, and where it leads</th><th scope="col" class="k">Way</th></tr></thead>
        <tbody>{redirects.Select(page => Row(page, start))}</tbody></table></div>
        """);

    /// <summary>The steps after a page, the last one where it ends.</summary>
    public static Html Chain(IReadOnlyList<ReportHop> chain, PageUrl start) => Html.Of($"""<ol class="chain">{chain.Select(hop => Step(hop, start))}</ol>""");

    private static Html Row(ReportPage page, PageUrl start)
    {
        var tone = RedirectShape.IsLoop(page) || RedirectShape.EndsBroken(page) ? "bad" : RedirectShape.IsChain(page) ? "warn" : "";
        return Html.Of($"""
            <tr><td class="k">{Parts.Outcome(page.Class, page.Status, page.Error)}</td><td class="u">{Parts.Page(page.Page, page.Url, start)}{Chain(page.Chain, start)}</td><td class="k"><span class="chip {tone}">{RedirectShape.Words(page)}</span></td></tr>
            """);
    }

    private static Html Step(ReportHop hop, PageUrl start)
    {
        var outcome = hop.Class is { } of ? Html.Of($""" <span class="outcome {ClassLook.Tone(of)}">{VisitWords.Outcome(hop.Status, null)}</span>""") : Html.None;
        return Html.Of($"""<li>{Parts.Outward(hop.Url, start)}{outcome}</li>""");
    }
}
