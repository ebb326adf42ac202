using Amble.Messages;

namespace Amble.App.Pages;

/// <summary>Status by depth: a row of a table for each depth, with its bar between its numbers. So the chart is its own table.</summary>
public static class DepthChart
{
    /// <summary>Depths from here on are one row.</summary>
    private const int Most = 10;

    public static Html Write(JobSums sums)
    {
        var depths = sums.ByDepth(Most);
        if (depths.Count == 0)
        {
            return Html.None;
        }
        var whole = depths.Max(depth => depth.Classes.Values.Sum());
        var seen = ClassLook.All.Where(one => depths.Any(depth => depth.Classes.GetValueOrDefault(one) > 0)).ToList();
        var rows = depths.Select(depth => Html.Of($"""
            <tr><th scope="row" class="n">{depth.Depth.ToString()}{(depth.Depth == Most ? "+" : "")}</th><td class="b">{Bars.Stacked(Parts(depth.Classes), whole)}</td>{seen.Select(one => Number(one, depth.Classes.GetValueOrDefault(one)))}</tr>
            """));
        return Html.Of($"""
            <section class="chart wide" aria-labelledby="depth"><h3 id="depth">Status by depth</h3>
            <p class="sub">Links away from the start page.</p>
            <div class="scroll"><table class="bars"><caption class="hidden">Pages by depth and status</caption><thead><tr><th scope="col" class="n">Depth</th><td class="b"></td>{seen.Select(Heading)}</tr></thead>
            <tbody>{rows}</tbody></table></div></section>
            """);
    }

    private static Html Heading(StatusClass one) => Html.Of($"""<th scope="col" class="n">{Bars.Key(ClassLook.Name(one))}{ClassLook.Name(one)}</th>""");

    private static Html Number(StatusClass one, long count) => Html.Of($"""<td class="n {(count == 0 ? "zero" : ClassLook.Tone(one))}">{count}</td>""");

    private static IReadOnlyList<BarPart> Parts(IReadOnlyDictionary<StatusClass, long> classes) =>
        [.. ClassLook.All.Select(one => new BarPart(ClassLook.Name(one), classes.GetValueOrDefault(one), ClassLook.Name(one)))];
}
