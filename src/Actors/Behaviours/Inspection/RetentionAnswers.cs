using System.Text.Json.Nodes;
using Amble.Behaviours.Ports;

namespace Amble.Behaviours.Inspection;

/// <summary>What is stored, what has expired, and how its purge fares (SEEDS ).</summary>
internal static class RetentionAnswers
{
    private const int MostPeriods = 200;

    public static Task<InspectionAnswer> OneAsync(Inspected of, string argument, CancellationToken stop) =>
        Task.FromResult(of.Retention?.Numbers is { IsHere: true } numbers ? Told(numbers) : new InspectionAnswer("retention", null, [
            "The writer is on another node, and retention with it; `inspect writer` names it."], []));

    private static InspectionAnswer Told(RetentionNumbers numbers) => new("retention", null, [.. Sentences(numbers)],
    [
        InspectionTable.Single("retention", new JsonObject
        {
            ["visits"] = numbers.Visits,
            ["details"] = numbers.Details,
            ["lagSeconds"] = Cell.Seconds(numbers.Lag),
            ["purgedRows"] = numbers.PurgedRows,
            ["droppedPeriods"] = numbers.DroppedPeriods,
            ["shedPeriods"] = numbers.ShedPeriods,
            ["slices"] = numbers.Slices,
            ["longestSliceSeconds"] = Cell.Seconds(numbers.LongestSlice),
            ["diskUsedPercent"] = numbers.DiskUsedPercent is { } used ? Math.Round(used, 1) : null,
        }),
        InspectionTable.Of("periods", numbers.Stored.Periods, MostPeriods, period => new JsonObject
        {
            ["family"] = period.Family,
            ["from"] = Cell.Instant(period.BeginsAt),
            ["to"] = Cell.Instant(period.EndsAt),
            ["rows"] = period.Rows,
            ["bytes"] = period.Bytes,
            ["held"] = period.IsHeld,
        }),
    ]);

    private static IEnumerable<string> Sentences(RetentionNumbers numbers)
    {
        if (numbers.Says is { } says) yield return says;
        yield return numbers.Lag > TimeSpan.Zero ? $"The purge is {numbers.Lag.TotalMinutes:0.#} min behind." : "Nothing that has expired is late to go.";
        if (numbers.Stored is { HasFormerDetails: true } or { HasFormerRequests: true })
            yield return "Tables of an earlier version still have rows; they go in slices as they expire, and are not among the periods.";
    }
}
