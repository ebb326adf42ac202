using Amble.Messages;

namespace Amble.App.Pages;

/// <summary>Where the time of one request went, as a bar and in numbers.</summary>
public static class PhasesBar
{
    private static readonly IReadOnlyList<string> _names = ["look-up", "connect", "TLS", "first byte", "transfer"];

    /// <param name="whole">What the bar's whole width stands for.</param>
    public static Html Write(Phases phases, TimeSpan whole)
    {
        var parts = Parts(phases);
        var told = string.Join(" · ", parts.Where(part => part.Count > 0).Select(part => $"{part.Words} {part.Count}"));
        return Html.Of($"""{Bars.Stacked(parts, (long)whole.TotalMilliseconds)}<span class="phases">{(told.Length > 0 ? told + " ms" : "")}</span>""");
    }

    /// <summary>What the colours mean.</summary>
    public static Html Legend => Html.Of($"""<ul class="legend">{_names.Select((name, at) => Html.Of($"""<li>{Bars.Key(Look(at))}{name}</li>"""))}</ul>""");

    public static TimeSpan Sum(Phases phases) => phases.Dns + phases.Connect + phases.Tls + phases.FirstByte + phases.Transfer;

    private static IReadOnlyList<BarPart> Parts(Phases phases) =>
        [.. new[] { phases.Dns, phases.Connect, phases.Tls, phases.FirstByte, phases.Transfer }.Select((span, at) => new BarPart(Look(at), (long)Math.Round(span.TotalMilliseconds), _names[at]))];

    private static string Look(int at) => "phase" + at.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
