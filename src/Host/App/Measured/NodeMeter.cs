using System.Diagnostics.Metrics;
using System.Reflection;
using Amble.Behaviours.Ports;

namespace Amble.App.Measured;

/// <summary>
/// What a node tells those who collect metrics, read from memory when they ask. Names and units are OpenTelemetry's, so that Prometheus
/// sees <c>amble_writer_oldest_seconds</c> and <c>amble_writer_rejected_total</c>. In a cluster every node tells of the one writer what it
/// last heard; turns by class are told by the node where the writer is.
/// </summary>
public static class NodeMeter
{
    /// <summary>One for each node: several in a process do not mix.</summary>
    public static Meter New() => new("amble." + Guid.NewGuid().ToString("N"), Assembly.GetExecutingAssembly().GetName().Version?.ToString(3));

    /// <summary>All that a node knows of itself. What happens later is told as it happens, by whoever has the meter.</summary>
    public static void Observe(Meter meter, INode node)
    {
        ObserveHealth(meter, () => node.Runtime.Health);
        ObserveLog(meter, () => node.AccessLog.View);
        RetentionMeter.Observe(meter, () => node.Retention.Numbers);
        ObserveCards(meter, () => node.Runtime.Cards.Counts);
    }

    private static void ObserveHealth(Meter meter, Func<RuntimeHealth> health)
    {
        meter.CreateObservableGauge("amble.writer.waiting", () => health().Waiting, "{command}", "Commands in the writer's intake.");
        meter.CreateObservableGauge("amble.writer.oldest", () => health().Oldest.TotalSeconds, "s", "How long the oldest of them has waited.");
        meter.CreateObservableGauge("amble.writer.longest.turn", () => health().LongestTurn.TotalSeconds, "s", "The longest write turn so far.");
        meter.CreateObservableCounter("amble.writer.rejected", () => health().Rejected, "{command}", "Commands that alone could not be stored.");
        meter.CreateObservableGauge("amble.store.up", () => health().StoreTrouble is null ? 1 : 0, null, "1 while the store takes what is written.");
        meter.CreateObservableGauge("amble.store.disk.full", () => health().DiskFull ? 1 : 0, null, "1 while the store's disk is full.");
        meter.CreateObservableGauge("amble.domains.awake", () => health().DomainsAwake, "{domain}", "Domains in this node's memory.");
        meter.CreateObservableGauge("amble.crawl.in.flight", () => health().InFlight, "{request}", "Requests that this node has sent and that are not answered.");
    }

    private static void ObserveLog(Meter meter, Func<IntakeView> log)
    {
        meter.CreateObservableGauge("amble.log.waiting", () => log().Waiting, "{hit}", "Lines of the access log that are not stored yet.");
        meter.CreateObservableGauge("amble.log.waiting.size", () => log().Bytes, "By", "Roughly the memory that they hold.");
        meter.CreateObservableGauge("amble.log.oldest", () => log().Oldest.TotalSeconds, "s", "How long the oldest of them has waited.");
        meter.CreateObservableCounter("amble.log.offered", () => log().Counts.Offered, "{hit}", "Lines that were offered: written, dropped and waiting ones together.");
        meter.CreateObservableCounter("amble.log.written", () => log().Counts.Written, "{hit}", "Lines that were stored.");
        meter.CreateObservableCounter("amble.log.dropped", () => Dropped(log().Counts), "{hit}", "Lines that were not, by reason.");
        meter.CreateObservableCounter("amble.log.batches", () => log().Batches, "{batch}", "Batches that were stored.");
    }

    private static void ObserveCards(Meter meter, Func<CardCounts> cards)
    {
        meter.CreateObservableGauge("amble.cards.under.way", () => cards().UnderWay, "{card}", "Cards that are being drawn on demand.");
        meter.CreateObservableCounter("amble.cards.offered", () => cards().Offered, "{card}", "Cards that page views asked for.");
        meter.CreateObservableCounter("amble.cards.skipped", () => cards().Skipped, "{card}", "Of these, cards that were left to a later view.");
        meter.CreateObservableCounter("amble.cards.drawn", () => cards().Drawn, "{card}", "Cards that were drawn.");
        meter.CreateObservableCounter("amble.cards.failed", () => Failed(cards()), "{card}", "Cards that were not, by reason.");
        meter.CreateObservableCounter("amble.cards.carried.over", () => cards().CarriedOver, "{card}", "Cards that a budget left to the next round.");
    }

    private static IEnumerable<Measurement<long>> Dropped(IntakeCounts counts) =>
        [By("reason", "full", counts.DroppedFull), By("reason", "poison", counts.DroppedPoison), By("reason", "deadline", counts.DroppedDeadline)];

    private static IEnumerable<Measurement<long>> Failed(CardCounts counts) =>
        [By("reason", "painter", counts.Failed), By("reason", "timeout", counts.TimedOut), By("reason", "store", counts.Unsaved)];

    private static Measurement<long> By(string name, string value, long count) => new(count, KeyValuePair.Create<string, object?>(name, value));
}
