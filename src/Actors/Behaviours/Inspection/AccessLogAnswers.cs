using System.Globalization;
using System.Text.Json.Nodes;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Behaviours.Inspection;

/// <summary>The access log: how it is on this node, where it has holes, and what its days came to.</summary>
internal static class AccessLogAnswers
{
    private const int MostGaps = 20;
    private const int MostDays = 30;

    public static async Task<InspectionAnswer> OneAsync(Inspected of, string argument, CancellationToken stop)
    {
        var today = DateOnly.FromDateTime(of.Now.UtcDateTime);
        var gaps = of.Access?.ReadGaps(MostGaps + 1) ?? [];
        var kept = of.Access?.ReadKept().ToDictionary(day => day.Day, day => day.Hits) ?? [];
        var views = of.Access?.ReadAllDays(today.AddDays(1 - MostDays)).ToDictionary(day => day.Day, day => day.Views) ?? [];
        var days = kept.Keys.Union(views.Keys).OrderDescending().ToList();
        var live = of.Log is { } log && of.Running is { } running ? await LiveAsync(log.View, running, stop).ConfigureAwait(false) : null;
        return new InspectionAnswer("accesslog", null, [live is null ? "No node runs here; this is what the store has." : Sentence(live)],
        [
            .. live is null ? [] : new[] { InspectionTable.Single("intake", Row(live)) },
            InspectionTable.Of("gaps", gaps, MostGaps, Row),
            InspectionTable.Of("days", days, MostDays, day => Row(day, kept.GetValueOrDefault(day), views.GetValueOrDefault(day))),
        ]);
    }

    // While the writer itself asks its store again, the batch only waits for it.
    private static async Task<IntakeView> LiveAsync(IntakeView view, IInspection running, CancellationToken stop)
    {
        if (view.Trouble is not null || view.Waiting == 0) return view;
        try
        {
            return view with { Trouble = (await running.ReadWriterAsync(stop).ConfigureAwait(false)).Trouble };
        }
        catch (TimeoutException)
        {
            return view with { Trouble = "The writer's node does not answer." };
        }
    }

    private static string Sentence(IntakeView log) => log switch
    {
        { Trouble: { } trouble } => $"Hits wait, since the store does not take them: {trouble}",
        { Counts.Dropped: > 0 } => string.Create(CultureInfo.InvariantCulture, $"Hits are stored; {log.Counts.Dropped:N0} were dropped since the start, and the gaps tell when and why."),
        _ => "Every hit is stored or about to be.",
    };

    private static JsonObject Row(IntakeView log) => new()
    {
        ["waiting"] = log.Waiting,
        ["bytes"] = log.Bytes,
        ["oldestSeconds"] = Cell.Seconds(log.Oldest),
        ["offered"] = log.Counts.Offered,
        ["written"] = log.Counts.Written,
        ["droppedFull"] = log.Counts.DroppedFull,
        ["droppedPoison"] = log.Counts.DroppedPoison,
        ["droppedDeadline"] = log.Counts.DroppedDeadline,
        ["inFlight"] = log.Counts.InFlight,
        ["batches"] = log.Batches,
        ["lastBatch"] = log.LastBatch,
        ["gaps"] = log.Gaps,
        ["trouble"] = log.Trouble,
        ["lastTrouble"] = log.LastTrouble,
        ["lastTroubleAt"] = Cell.Instant(log.LastTroubleAt),
    };

    private static JsonObject Row(ToldGap told) => new()
    {
        ["node"] = told.Node,
        ["from"] = Cell.Instant(told.Gap.From),
        ["to"] = Cell.Instant(told.Gap.To),
        ["reason"] = Cell.Word(told.Gap.Reason),
        ["count"] = told.Gap.Count,
    };

    private static JsonObject Row(DateOnly day, long hits, Views views) => new()
    {
        ["day"] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["hitsKept"] = hits,
        ["views"] = views.People,
        ["botViews"] = views.Bots,
    };
}
