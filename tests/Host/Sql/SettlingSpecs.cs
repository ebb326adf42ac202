using Amble.App.Sql;
using Amble.App.Sql.Reading;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Retention;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

/// <summary>A slice comes when the disk has what came before it, or when it has waited for long enough.</summary>
[Trait("Seeds", "R-2")]
public sealed class SettlingSpecs
{
    private static readonly TimeSpan _turn = TimeSpan.FromMilliseconds(10);

    [Fact]
    public void A_slice_waits_until_the_disk_has_settled()
    {
        var (atOnce, _) = Purge(looks: 0);
        var (later, _) = Purge(looks: 4);
        Assert.Equal(4 * RetentionSettings.Default.Pause, later - atOnce);
    }

    [Fact]
    public void A_disk_that_never_settles_leaves_the_purge_a_twentieth_of_the_time()
    {
        var (atOnce, slices) = Purge(looks: 0);
        var (later, asMany) = Purge(looks: int.MaxValue);
        Assert.Equal((slices, slices * (19 * _turn - RetentionSettings.Default.Pause)), (asMany, later - atOnce));
        Assert.InRange(slices, 4, 100);
    }

    private static (TimeSpan Took, long Slices) Purge(int looks)
    {
        var purging = new Purging { Settings = RetentionSettings.Default with { FirstSliceRows = 20 } };
        using var store = new SettlingStore(SqliteStore.OpenInMemory(Guid.NewGuid().ToString("N"), Unpack), looks, () => purging.Now += _turn);
        var job = Of(store).Create();
        var urls = Enumerable.Range(0, 60).Select(n => Url($"/{n}")).ToArray();
        Of(store).Find(job, Home, urls);
        foreach (var url in urls) store.Writes.Commit([Of(store).Visited(job, url)]);
        Of(store).End(job);

        var done = purging.Run(store, Start.AddHours(200), out var numbers);
        Assert.Equal(0, store.Retention.Visits);
        return (done.Took, numbers.Slices);
    }

    /// <summary>A store each turn of which takes its time, and whose disk is still settling so often when it is asked.</summary>
    private sealed class SettlingStore(IStore store, int looks, Action took) : IStore, IWriteStore, IRetentionStore
    {
        private int _left = looks;

        public IWriteStore Writes => this;

        public ReadStore Reads => store.Reads;

        public IRetentionStore Retention => this;

        public bool IsSettling => _left > 0 && _left-- > 0;

        public long Visits => store.Retention.Visits;

        public long Details => store.Retention.Details;

        public IReadOnlyList<WriterProtocol.IReply> Commit(IReadOnlyList<WriterProtocol.ICommand> commands)
        {
            took();
            return store.Writes.Commit(commands);
        }

        public bool TryRemoveUnnamed(DateTimeOffset endedBefore) => store.Retention.TryRemoveUnnamed(endedBefore);

        public RetentionRead ReadRetention(JobId from, DateTimeOffset createdBefore) => store.Retention.ReadRetention(from, createdBefore);

        public bool HasOrders(JobId job) => store.Retention.HasOrders(job);

        public bool TryRemove(string family, long number) => store.Retention.TryRemove(family, number);

        public bool TryMakeAhead(DateTimeOffset now) => store.Retention.TryMakeAhead(now);

        public IReadOnlyList<string> CheckConsistency() => store.CheckConsistency();

        public void Dispose() => store.Dispose();
    }
}
