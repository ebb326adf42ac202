using System.Net;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Writing;
using Amble.Host.Specs.Fakes;
using Amble.Local;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Measured;

public sealed class MetricsSpecs
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_health_knows_is_told_in_the_units_and_names_of_Prometheus()
    {
        await using var served = await Served.StartAsync();
        served.Node.Health = new RuntimeHealth(7, TimeSpan.FromMilliseconds(1500), 12, TimeSpan.FromMilliseconds(18), 3, 5, 2, "the disk is full", DiskFull: true);
        using var answer = await served.Http.GetAsync("/metrics");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("text/plain", answer.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        var lines = Lines(await answer.Content.ReadAsStringAsync());
        Assert.Contains("amble_writer_waiting 7", lines);
        Assert.Contains("amble_writer_oldest_seconds 1.5", lines);
        Assert.Contains("amble_writer_longest_turn_seconds 0.018", lines);
        Assert.Contains("# TYPE amble_writer_rejected_total counter", lines);
        Assert.Contains("amble_writer_rejected_total 3", lines);
        Assert.Contains("amble_store_up 0", lines);
        Assert.Contains("amble_store_disk_full 1", lines);
        Assert.Contains("amble_domains_awake 5", lines);
        Assert.Contains("amble_crawl_in_flight 2", lines);
        Assert.Contains("amble_retention_lag_seconds 7200", lines);
        Assert.Contains("amble_retention_visits 1234", lines);
        Assert.Contains("amble_retention_periods_dropped_total 3", lines);
        Assert.Contains(lines, line => line.StartsWith("dotnet_gc_", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Seeds", "A-7+")]
    public async Task Drops_of_the_access_log_are_told_by_reason_beside_what_they_must_add_up_to()
    {
        await using var served = await Served.StartAsync();
        var text = await served.Http.GetStringAsync("/metrics");
        foreach (var name in (string[])["offered", "written", "dropped"]) Assert.Contains($"# TYPE amble_log_{name}_total counter", text, StringComparison.Ordinal);
        Assert.Equal(
            ["amble_log_dropped_total{reason=\"deadline\"} 0", "amble_log_dropped_total{reason=\"full\"} 2", "amble_log_dropped_total{reason=\"poison\"} 1"],
            Values(text, "amble_log_dropped_total"));
        Assert.Contains("# TYPE amble_cards_skipped_total counter", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_nodes_in_one_process_tell_each_their_own()
    {
        await using var one = await Served.StartAsync();
        await using var other = await Served.StartAsync();
        one.Node.Health = one.Node.Health with { Waiting = 1 };
        other.Node.Health = other.Node.Health with { Waiting = 2 };
        Assert.Equal(["amble_writer_waiting 1"], Values(await one.Http.GetStringAsync("/metrics"), "amble_writer_waiting"));
        Assert.Equal(["amble_writer_waiting 2"], Values(await other.Http.GetStringAsync("/metrics"), "amble_writer_waiting"));
    }

    [Fact]
    [Trait("Seeds", "S-2")]
    public async Task A_turn_counts_for_each_class_that_is_in_it()
    {
        await using var served = await Served.StartAsync();
        var turns = new TurnMeter(served.Node.Meter);
        var queue = new WriterQueue(WriterQueueSettings.Default);
        queue.Add(new WriterProtocol.EndRetry(new JobId(1), _noon), this, _noon);
        queue.Add(new WriterProtocol.EndRetry(new JobId(2), _noon), this, _noon);
        queue.Add(new WriterProtocol.EndUnits(new JobId(3), [new PageId(1)], _noon), this, _noon);
        turns.Ended(queue.Take(_noon)!, TimeSpan.FromMilliseconds(4));
        var text = await served.Http.GetStringAsync("/metrics");
        Assert.Equal(["amble_writer_commands_total{class=\"bulk\"} 1", "amble_writer_commands_total{class=\"interactive\"} 2"], Values(text, "amble_writer_commands_total"));
        Assert.Equal(
            ["amble_writer_turn_duration_seconds_count{class=\"bulk\"} 1", "amble_writer_turn_duration_seconds_count{class=\"interactive\"} 1"],
            Values(text, "amble_writer_turn_duration_seconds_count"));
        Assert.Contains("amble_writer_turn_duration_seconds_bucket{class=\"bulk\",le=\"0.002\"} 0", text, StringComparison.Ordinal);
        Assert.Contains("amble_writer_turn_duration_seconds_bucket{class=\"bulk\",le=\"0.005\"} 1", text, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Values(string text, string name) =>
        Lines(text).Where(line => line.StartsWith(name + " ", StringComparison.Ordinal) || line.StartsWith(name + "{", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    // No labels may be written as {} too.
    private static string[] Lines(string text) => text.Replace("{} ", " ", StringComparison.Ordinal).Split('\n');
}
