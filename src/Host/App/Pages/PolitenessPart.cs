using Amble.App.Cli;
using Amble.Behaviours.Inspection;
using Amble.Messages;

namespace Amble.App.Pages;

/// <summary>How one domain was asked: in words, in numbers, and as a picture.</summary>
public static class PolitenessPart
{
    /// <param name="rank">Of the domain in its job, from 0.</param>
    /// <param name="isOnly">What it comes to in words stands at the head of the page already.</param>
    /// <param name="memory">What the domain remembers, of a job under way; null when it has ended.</param>
    public static Html Write(DomainPoliteness of, int rank, bool isOnly, DomainMemory? memory, DateTimeOffset now)
    {
        var id = Anchor(rank);
        return Html.Of($"""
            <section class="polite" aria-labelledby="{id}"><h2 id="{id}"><a href="/sites/{of.Domain.Value}">{of.Domain.Value}</a></h2>
            {(isOnly ? Html.None : Html.Of($"""<p class="sub">{PolitenessWords.Sentence(of)}</p>"""))}
            {Blocked(memory, now)}
            <dl class="sums ten">{Sum("least gap", of.LeastGap is { } gap ? PolitenessWords.AtLeast(gap) : "–")}{Sum("most in flight", Quantity.Number(of.MostInFlight))}{Sum("requests", Quantity.Number(of.Requests))}{Sum("mean a minute", Quantity.Number((long)Math.Round(of.PerMinute)))}{Sum("busiest minute", Quantity.Number(of.BusiestMinute))}{Sum("refused", PolitenessWords.Share(of.RefusedShare), of.RefusedShare > 0.01 ? "warn" : "")}{Sum("to quiet", ToQuiet(of), of.IsQuiet ? "" : "warn")}{Sum("left alone", of.Blocks == 0 ? "–" : PolitenessWords.Span(of.Blocked))}{Sum("settled", of.Settled?.Rate is { } rate ? Settled(rate) : "–")}{Sum("robots.txt age", of.RobotsAge is { } age ? PolitenessWords.Span(age) : "–")}</dl>
            {GapChart.Write(of, rank)}</section>
            """);
    }

    public static string Anchor(int rank) => "domain-" + rank.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static string ToQuiet(DomainPoliteness of) => of switch
    {
        { Refusals: 0 } => "–",
        { IsQuiet: false } => "not yet",
        _ => PolitenessWords.Within(of.LongestToQuiet ?? default),
    };

    private static string Settled(double rate) => rate >= 1
        ? rate.ToString(rate >= 100 ? "0" : "0.##", System.Globalization.CultureInfo.InvariantCulture) + "/s" : rate > 0 ? "1 in " + PolitenessWords.Span(TimeSpan.FromSeconds(1 / rate)) : "–";

    private static Html Blocked(DomainMemory? memory, DateTimeOffset now) => memory is { BlockedUntil: { } until } && until > now
        ? Html.Of($"""<p class="note">Nothing is asked here before {Parts.When(until)}: {(memory.BlockReason ?? "it refused").TrimEnd('.')}.</p>""") : Html.None;

    private static Html Sum(string name, string value, string tone = "") => Html.Of($"""<div class="{tone}"><dt>{name}</dt><dd>{value}</dd></div>""");
}
