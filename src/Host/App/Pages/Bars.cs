using System.Globalization;
using Amble.App.Cli;

namespace Amble.App.Pages;

/// <summary>One part of a bar.</summary>
/// <param name="Look">The class that colours and textures it in the style sheet.</param>
/// <param name="Words">What it is, as a tooltip says it after the number.</param>
public sealed record BarPart(string Look, long Count, string Words);

/// <summary>
/// Bars of stacked parts, drawn as inline SVG in shares of the width that there is, so that nothing is scaled and no text shrinks on a
/// phone. Each part has a texture besides its colour. They stand beside the numbers they show, so they are hidden from screen readers.
/// </summary>
public static class Bars
{
    /// <summary>A part this small is still seen, in percent.</summary>
    private const double Least = 0.6;

    /// <summary>The textures, once a page.</summary>
    public static Html Textures => Html.Of($"""
        <svg class="defs" width="0" height="0" aria-hidden="true" focusable="false"><defs>{Texture("broken", "M-1 1l2-2M0 6l6-6M5 7l2-2")}{Texture("refused", "M3 1v2")}{Texture("unknown", "M0 3h6")}{Texture("redirected", "M3 0v6")}</defs></svg>
        """);

    /// <param name="whole">What the whole width stands for.</param>
    public static Html Stacked(IReadOnlyList<BarPart> parts, long whole)
    {
        var seen = parts.Where(part => part.Count > 0).ToList();
        var shares = seen.Select(part => Math.Max(Least, 100.0 * part.Count / Math.Max(1, whole))).ToList();
        var scale = shares.Sum() > 100 ? 100 / shares.Sum() : 1;
        var at = 0.0;
        var drawn = new List<Html>();
        foreach (var (part, share) in seen.Zip(shares))
        {
            drawn.Add(Rectangle(part, at, share * scale));
            at += share * scale;
        }
        return Html.Of($"""<svg class="bar" width="100%" height="14" aria-hidden="true" focusable="false">{drawn}</svg>""");
    }

    /// <summary>A small square of what colours and textures a part, to stand before its name.</summary>
    public static Html Key(string look) => Html.Of($"""<svg class="key" width="12" height="12" aria-hidden="true" focusable="false">{Rectangle(new BarPart(look, 0, ""), 0, 100)}</svg>""");

    public static string Percent(double share) => share.ToString("0.###", CultureInfo.InvariantCulture) + "%";

    private static Html Rectangle(BarPart part, double at, double width)
    {
        var title = part.Words.Length == 0 ? Html.None : Html.Of($"""<title>{Quantity.Number(part.Count)} {part.Words}</title>""");
        return Html.Of($"""<g><rect class="f-{part.Look}" x="{Percent(at)}" width="{Percent(width)}" height="100%"></rect><rect x="{Percent(at)}" width="{Percent(width)}" height="100%" fill="{Fill(part.Look)}">{title}</rect></g>""");
    }

    private static string Fill(string look) => look is "broken" or "refused" or "unknown" or "redirected" ? $"url(#t-{look})" : "transparent";

    private static Html Texture(string look, string path) => Html.Of($"""<pattern id="t-{look}" width="6" height="6" patternUnits="userSpaceOnUse"><path class="texture" d="{path}"></path></pattern>""");
}
