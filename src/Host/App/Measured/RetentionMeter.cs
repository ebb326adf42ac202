using System.Diagnostics.Metrics;
using Amble.Behaviours.Ports;

namespace Amble.App.Measured;

/// <summary>Retention for those who collect metrics, told by the node where the writer is.</summary>
public static class RetentionMeter
{
    /// <param name="numbers">From memory, at any time.</param>
    public static void Observe(Meter meter, Func<RetentionNumbers> numbers)
    {
        // Where another node has the writer, nothing is told: a zero would be a statement.
        IEnumerable<Measurement<T>> Here<T>(Func<RetentionNumbers, T?> value) where T : struct =>
            numbers() is { IsHere: true } now && value(now) is { } told ? [new Measurement<T>(told)] : [];

        meter.CreateObservableGauge("amble.retention.lag", () => Here<double>(now => now.Lag.TotalSeconds), "s", "How much later than it had to the oldest row is still stored.");
        meter.CreateObservableGauge("amble.retention.visits", () => Here<long>(now => now.Visits), "{visit}", "Visits that are stored.");
        meter.CreateObservableGauge("amble.retention.details", () => Here<long>(now => now.Details), "{visit}", "Visits whose details are stored.");
        meter.CreateObservableGauge("amble.retention.longest.slice", () => Here<double>(now => now.LongestSlice.TotalSeconds), "s", "The longest slice so far, of the writer's time.");
        meter.CreateObservableGauge("amble.retention.disk.used", () => Here(now => now.DiskUsedPercent / 100), "1", "How full the store's disk is.");
        meter.CreateObservableCounter("amble.retention.purged", () => Here<long>(now => now.PurgedRows), "{row}", "Rows that went in slices.");
        meter.CreateObservableCounter("amble.retention.periods.dropped", () => Here<long>(now => now.DroppedPeriods), "{period}", "Periods that went as a whole.");
        meter.CreateObservableCounter("amble.retention.periods.shed", () => Here<long>(now => now.ShedPeriods), "{period}", "Those among them that went early, since the disk was too full.");
    }
}
