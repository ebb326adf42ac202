using System.Net;
using Amble.Behaviours.AccessLog;
using Amble.Host.Specs.Cards;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.AccessLog;

/// <summary>A writer that does not answer: whoever asks for pages has them all the same, and what the log could not keep is counted.</summary>
public sealed class HungStoreSpecs
{
    private const int Room = 16;
    private const int Views = 200;

    [Fact, Trait("Seeds", "A-4"), Trait("Seeds", "A-5"), Trait("Seeds", "A-7+")]
    public async Task Pages_answer_while_no_hit_is_stored_and_each_hit_is_stored_or_counted()
    {
        await using var node = new CardStore(2, log: AccessLogSettings.Default with { Batch = 4, BatchMost = 8, Entries = Room, ReservedShare = 0 });
        await node.ServeAsync();
        node.AccessLog.Start([]);
        node.Hang();
        var log = node.AccessLog;
        foreach (var path in new[] { "/", $"/jobs/{node.Job}", $"/pages/{node.Pages[0].Value}", "/no-such-page" })
        {
            for (var view = 0; view < Views / 4; view++)
                Assert.Equal(path == "/no-such-page" ? HttpStatusCode.NotFound : HttpStatusCode.OK, (await node.Http.GetAsync(path)).StatusCode);
        }

        while (log.View.Counts.Offered < Views) await Task.Yield();
        // What waits for the writer, and at most two batches that are with it: one as the log began.
        Assert.InRange(log.View.Counts.DroppedFull, Views - Room - 2 * 8, Views - Room);
        Assert.Equal(0, log.View.Counts.Written);

        node.Answer();
        Assert.Empty(await log.DrainAsync(TimeSpan.FromSeconds(30)));
        var counts = log.View.Counts;
        Assert.Equal((Views, Views, 0), (counts.Offered, counts.Written + counts.Dropped, counts.InFlight));
        Assert.Equal(counts.Written, Assert.Single(node.Access.ReadKept()).Hits);
        Assert.Equal(counts.Dropped, node.Access.ReadGaps(100).Sum(told => told.Gap.Count));
    }
}
