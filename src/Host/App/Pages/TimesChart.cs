using System.Globalization;
using Amble.App.Cli;
using Amble.Behaviours.Jobs;
using Amble.Behaviours.Ports;

namespace Amble.App.Pages;

/// <summary>Response times of pages that were well, as columns; for screen readers a table. Positions are shares of the width, so text keeps its size.</summary>
public static class TimesChart
{
    private const int Height = 190;
    private const int Floor = 150;
    private const int Room = 124;

    /// <summary>Columns from here on are coloured as slow.</summary>
    private const int SlowFrom = 1_000;

    public static Html Write(JobSums sums)
    {
        var counts = new long[TimeBuckets.Count];
        foreach (var sum in sums.Of(SumKind.ResponseTime).Where(sum => sum.Key >= 0 && sum.Key < counts.Length))
        {
            counts[sum.Key] += sum.Count;
        }
        var all = counts.Sum();
        if (all == 0)
        {
            return Html.None;
        }
        var first = Array.FindIndex(counts, count => count > 0);
        var last = Array.FindLastIndex(counts, count => count > 0);
        var shown = Enumerable.Range(first, last - first + 1).ToList();
        var most = counts.Max();
        var width = 100.0 / Math.Max(6, shown.Count);
        var columns = shown.Select((bucket, at) => Column(bucket, counts[bucket], most, at * width, width));
        var half = Quantile(counts, all, 0.5);
        var most95 = Quantile(counts, all, 0.95);
        var sentence = $"Half of the pages came within {Name(half)}, 95 of 100 within {Name(most95)}.";
        return Html.Of($"""
            <section class="chart" aria-labelledby="times"><h3 id="times">Response times</h3>
            <p class="sub">{sentence}</p>
            <svg class="times" width="100%" height="{Height.ToString()}" role="img" aria-labelledby="times-title times-desc"><title id="times-title">Response times of pages that were well</title><desc id="times-desc">{sentence} The table below has the numbers.</desc><line class="axis" x1="0" x2="100%" y1="{Floor.ToString()}" y2="{Floor.ToString()}"></line>{columns}<text class="label" x="50%" y="{(Floor + 36).ToString()}">milliseconds to the last byte, each column up to its number</text></svg>
            <details><summary>The same as a table</summary><table class="narrow"><caption class="hidden">Pages by response time</caption><thead><tr><th scope="col">Time</th><th scope="col" class="n">Pages</th></tr></thead><tbody>{shown.Select(bucket => Html.Of($"""<tr><th scope="row">{Range(bucket)}</th><td class="n">{counts[bucket]}</td></tr>"""))}</tbody></table></details></section>
            """);
    }

    private static Html Column(int bucket, long count, long most, double at, double width)
    {
        var height = count == 0 ? 0 : Math.Max(2, (int)(Room * count / most));
        var middle = Bars.Percent(at + width / 2);
        var slow = TimeBuckets.Bounds(bucket).Over >= SlowFrom ? "slow" : "ok";
        var number = count == 0 ? Html.None : Html.Of($"""<text class="value" x="{middle}" y="{(Floor - height - 6).ToString()}">{Short(count)}</text>""");
        return Html.Of($"""<g><rect class="f-{slow}" x="{Bars.Percent(at + width * 0.08)}" y="{(Floor - height).ToString()}" width="{Bars.Percent(width * 0.84)}" height="{height.ToString()}" rx="2"><title>{Quantity.Of(count, "page")}, {Range(bucket)}</title></rect>{number}<text class="label" x="{middle}" y="{(Floor + 17).ToString()}">{Label(bucket)}</text></g>""");
    }

    /// <summary>The bucket in which that share of the pages is reached.</summary>
    private static int Quantile(long[] counts, long all, double share)
    {
        var (sum, bucket) = (0L, -1);
        while (sum < all * share && bucket < counts.Length - 1)
        {
            sum += counts[++bucket];
        }
        return bucket;
    }

    private static string Name(int bucket) => TimeBuckets.Bounds(bucket) is { UpTo: { } to } ? Time(to) : "more than that";

    private static string Range(int bucket) => TimeBuckets.Bounds(bucket) switch
    {
        (var over, { } to) => $"{Time(over ?? 0)} to {Time(to)}",
        var (over, _) => $"more than {Time(over ?? 0)}",
    };

    /// <summary>The upper end, as short as it can be: milliseconds have no unit, seconds have.</summary>
    private static string Label(int bucket) => TimeBuckets.Bounds(bucket) switch
    {
        (_, { } to) when to < SlowFrom => to.ToString(CultureInfo.InvariantCulture),
        (_, { } to) => Time(to),
        var (over, _) => "> " + Time(over ?? 0),
    };

    private static string Time(int milliseconds) =>
        milliseconds < 1_000 ? milliseconds + " ms" : (milliseconds / 1000.0).ToString("0.#", CultureInfo.InvariantCulture) + " s";

    private static string Short(long count) => count < 10_000 ? Quantity.Number(count) : Quantity.Number((count + 500) / 1000) + "k";
}
