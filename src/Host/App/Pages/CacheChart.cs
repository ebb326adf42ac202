using Amble.App.Cli;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Pages;

/// <summary>What caches said at the first visit, and what that came to once the job had warmed them. Nothing where no cache spoke.</summary>
public static class CacheChart
{
    private static readonly IReadOnlyList<(CacheStatus Status, string Look, string Words)> _all =
    [
        (CacheStatus.Hit, "ok", "in the cache"), (CacheStatus.Stale, "redirected", "too old"), (CacheStatus.Miss, "broken", "not in it"), (CacheStatus.Bypass, "refused", "never kept"),
        (CacheStatus.Unsaid, "unknown", "not said"),
    ];

    public static Html Write(JobReading read)
    {
        var before = _all.ToDictionary(one => one.Status, one => read.Sums.Of(SumKind.Cache, (int)one.Status));
        var all = before.Values.Sum();
        if (all == 0 || before[CacheStatus.Unsaid] == all)
        {
            return Html.None;
        }
        var hits = read.Counts.WarmedHits;
        var after = new Dictionary<CacheStatus, long>(before) { [CacheStatus.Hit] = before[CacheStatus.Hit] + hits, [CacheStatus.Miss] = Math.Max(0, before[CacheStatus.Miss] - hits) };
        var seen = _all.Where(one => before[one.Status] > 0 || after[one.Status] > 0).ToList();
        var warmed = read.Counts.Warmed == 0 ? ""
            : $"{Quantity.Of(read.Counts.Warmed, "page")} that no cache had were asked for again, and {Quantity.Number(hits)} of them came from a cache the second time.";
        return Html.Of($"""
            <section class="chart" aria-labelledby="cache"><h3 id="cache">Caches</h3>
            <p class="sub">{(warmed.Length > 0 ? warmed : "What caches said of the pages that were well.")}</p>
            <table class="bars"><caption class="hidden">Share of the pages that came from a cache</caption><tbody>{Row("First visit", before)}{(read.Counts.Warmed > 0 ? Row("Warmed", after) : Html.None)}</tbody></table>
            <ul class="legend">{seen.Select(one => Html.Of($"""<li>{Bars.Key(one.Look)}{one.Words}</li>"""))}</ul>
            <details><summary>The same as a table</summary><table class="narrow"><caption class="hidden">What caches said</caption><thead><tr><th scope="col">Said</th><th scope="col" class="n">First visit</th>{(read.Counts.Warmed > 0 ? Html.Of($"""<th scope="col" class="n">Warmed</th>""") : Html.None)}</tr></thead>
            <tbody>{seen.Select(Numbers)}</tbody></table></details></section>
            """);

        Html Row(string name, Dictionary<CacheStatus, long> counts) => Html.Of($"""
            <tr><th scope="row">{name}</th><td class="b">{Bars.Stacked([.. seen.Select(one => new BarPart(one.Look, counts[one.Status], one.Words))], all)}</td><td class="n">{100 * counts[CacheStatus.Hit] / all} % cached</td></tr>
            """);

        Html Numbers((CacheStatus Status, string Look, string Words) one) => Html.Of($"""
            <tr><th scope="row">{one.Words}</th><td class="n">{before[one.Status]}</td>{(read.Counts.Warmed > 0 ? Html.Of($"""<td class="n">{after[one.Status]}</td>""") : Html.None)}</tr>
            """);
    }
}
