using Amble.App.Http;
using Amble.Behaviours.Ports;

namespace Amble.App.Pages;

/// <summary>What a job did not ask for, by reason, with examples; nothing where nothing was kept out.</summary>
public static class ExcludedPart
{
    public static Html Write(IReadOnlyList<ExcludedView> excluded, long count) => excluded.Count == 0 ? Html.None : Html.Of($"""
        <section aria-labelledby="excluded"><h2 id="excluded">Not asked for</h2>
        <div class="scroll"><table><caption>{count} URLs that robots.txt, a limit of this job or a trap kept out</caption>
        <thead><tr><th scope="col" class="w">Reason</th><th scope="col" class="n">URLs</th><th scope="col">Examples</th></tr></thead><tbody>{excluded.Select(Row)}</tbody></table></div></section>
        """);

    private static Html Row(ExcludedView excluded) => Html.Of($"""
        <tr><td class="w">{VisitWords.Reason(excluded.Why)}</td><td class="n">{excluded.Count}</td><td class="u">{Examples(excluded.Examples)}</td></tr>
        """);

    private static Html Examples(IReadOnlyList<string> urls)
    {
        if (urls.Count == 0)
        {
            return Html.None;
        }
        var first = Html.Of($"""<span class="url">{urls[0]}</span>""");
        return urls.Count == 1 ? first : Html.Of($"""{first}<details><summary>{urls.Count - 1} more</summary><ul>{urls.Skip(1).Select(url => Html.Of($"""<li>{url}</li>"""))}</ul></details>""");
    }
}
