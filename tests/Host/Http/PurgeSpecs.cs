using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Amble.Host.Specs.Fakes;
using Xunit;

namespace Amble.Host.Specs.Http;

/// <summary>The doors of retention: the command, the route, health and inspection.</summary>
[Trait("Seeds", "R-5")]
public sealed class PurgeSpecs : IDisposable
{
    private readonly Door _door = new();

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task The_command_tells_what_went_and_what_is_kept_for_whom()
    {
        _door.Node.Purging.Done = _door.Node.Purging.Done with { Left = "1 expired period is kept for jobs that have not ended." };
        Assert.Equal(0, await _door.RunAsync("purge", "--data", _door.Data));
        Assert.Equal("89 rows and 3 periods (4.2 MB) are gone, in 1.5 s.\n1 expired period is kept for jobs that have not ended.\n", _door.Out.ReplaceLineEndings("\n"));
        // It took up no job by the way.
        Assert.Empty(_door.Node.OpenedWith!.Only!);
        Assert.DoesNotContain("start", _door.Node.Said);
    }

    [Fact]
    public async Task Where_the_writer_is_not_it_says_who_knows()
    {
        _door.Node.Purging.Elsewhere = "The writer is on another node.";
        Assert.Equal(2, await _door.RunAsync("purge", "--data", _door.Data));
        Assert.Equal("The writer is on another node.", Assert.Single(_door.Problems));
        Assert.Equal(2, await _door.RunAsync("purge", "now", "--data", _door.Data));
    }

    [Fact]
    public async Task The_route_purges_once_and_says_why_it_cannot()
    {
        await using var served = await Served.StartAsync();
        var answer = (await (await served.Http.PostAsync("/api/purge", null)).Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal((89, 3, 4_200_000, 1), ((int)answer["rows"]!, (int)answer["periods"]!, (int)answer["bytes"]!, served.Node.Purging.Purges));
        served.Node.Purging.Elsewhere = "The writer is on another node.";
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await served.Http.PostAsync("/api/purge", null)).StatusCode);
    }

    [Fact, Trait("Seeds", "R-4")]
    public async Task Health_and_inspection_tell_counts_lag_and_periods_from_memory()
    {
        await using var served = await Served.StartAsync();
        var health = (await served.Http.GetFromJsonAsync<JsonObject>("/healthz"))!["retention"]!;
        Assert.Equal((1_234, 567, 7_200, 61.5), ((long)health["visits"]!, (long)health["details"]!, (double)health["lagSeconds"]!, (double)health["diskUsedPercent"]!));
        var inspected = (await served.Http.GetFromJsonAsync<JsonObject>("/api/inspect/retention"))!;
        Assert.Equal("The purge is 120 min behind.", (string)inspected["sentences"]![0]!);
        Assert.Equal(1_234, (long)inspected["tables"]![0]!["rows"]![0]!["visits"]!);
    }
}
