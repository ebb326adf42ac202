using Amble.App.Sql;
using Amble.Behaviours.Cards;
using Amble.Behaviours.Ports;
using Amble.Host.Specs.Sql;
using Amble.Local;
using Amble.Local.Cards;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Cards;

/// <summary>The pipeline on a real store.</summary>
public sealed class CardPipelineSpecs
{
    [Fact, Trait("Seeds", "C-6")]
    public async Task While_thousands_look_and_jobs_end_nobody_finds_the_store_busy()
    {
        await using var store = new CardStore(60);
        var pages = store.Pages;
        using var over = new CancellationTokenSource();
        var looking = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            while (!over.IsCancellationRequested)
            {
                foreach (var page in pages)
                {
                    if (store.CardReads.ReadStanding(CardSubject.Of(page))?.Hash is null) store.Runtime.Cards.Offer(CardSubject.Of(page));
                }
            }
        })));
        for (var end = 0; end < 2; end++) await store.Runtime.Cards.DrawAtEndAsync(store.Job, CancellationToken.None);
        await over.CancelAsync();
        await looking;
        await store.QuietAsync();
        Assert.Equal((null, 0L, 0L), (store.Runtime.Health.StoreTrouble, store.Runtime.Health.Rejected, store.Runtime.Cards.Counts.Unsaved));
        Assert.Empty(store.Faults);
        Assert.Equal(0, store.CardReads.CountUncarded(store.Job));
        Assert.Empty(store.Fixture.Check());
    }

    [Fact, Trait("Seeds", "D-5")]
    public async Task One_connection_for_reads_and_writes_is_enough()
    {
        // In memory both share one connection: a cursor that were open during a write would lock it.
        using var store = SqliteStore.OpenInMemory(Guid.NewGuid().ToString("N"), StoreFixture.Unpack);
        var fixture = StoreFixture.Of(store);
        var job = fixture.Create();
        fixture.Find(job, StoreFixture.Home, [.. Enumerable.Range(1, 150).Select(page => StoreFixture.Url($"/{page}"))]);
        store.Writes.Commit([.. fixture.Open().Where(unit => unit.Kind == UnitKind.Page).Select(unit => StoreFixture.Visited(unit.Key, unit.Url))]);
        fixture.End(job);
        var one = new OneThread();
        var writer = new LocalWriter(one, store.Writes, Behaviours.Writing.WriterQueueSettings.Default);
        var supplies = new CardSupplies(CardSettings.Default, Task.FromResult<ICardArtist?>(new FlatArtist()), store.Reads, store.Reads, store.Reads, store.Reads, (_, fault) => throw fault);
        await using var cards = new NodeCards(supplies, one, writer, new LocalCardFlow());
        var ended = cards.DrawAtEndAsync(job, CancellationToken.None);
        one.RunUntil(() => ended.IsCompleted);
        Assert.Equal((153, 0), (cards.Counts.Drawn, store.Reads.CountUncarded(job)));
        Assert.Empty(fixture.Check());
    }

    /// <summary>All work on the test's own thread, one piece after the other; no alarm ever rings.</summary>
    private sealed class OneThread : IScheduler
    {
        private readonly Queue<Action> _work = [];

        public DateTimeOffset Now => StoreFixture.Start;

        public void Run(Action action) => _work.Enqueue(action);

        public void RunBlocking(Action action) => _work.Enqueue(action);

        public IDisposable RunAt(DateTimeOffset instant, Action action) => new Never();

        public void RunUntil(Func<bool> isOver)
        {
            SynchronizationContext.SetSynchronizationContext(null);
            while (!isOver()) _work.Dequeue()();
        }

        private sealed class Never : IDisposable
        {
            public void Dispose() { }
        }
    }
}
