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

    /// <param name="health">From memory, at any time.</param>
    public static void Observe(Meter meter, Func<RuntimeHealth> health)
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
}
