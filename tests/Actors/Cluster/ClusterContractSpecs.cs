using Amble.Actors.Specs.Local;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Writing;
using Amble.Cluster.Node;
using Amble.Cluster.Writing;
using Amble.Local;

namespace Amble.Cluster.Specs;

/// <summary>A cluster of one keeps the contract of all runtimes, with every message that is told written and read.</summary>
public sealed class ClusterContractSpecs : RuntimeContract
{
    private protected override ICrawlRuntime Open(IScheduler scheduler, LockedStore store, IWeb web, CrawlSettings crawl, Action<string, Exception> onFault)
    {
        var settings = new MemberSettings("127.0.0.1", 0, [], JournalPlace.InMemory, crawl, WriterQueueSettings.Default) { MoreHocon = StrictConfig.Text };
        var around = new ClusterSurroundings(scheduler, store, () => new OpenedStore(store, new Unheld()), web, store.StateOf, Guid.NewGuid, onFault);
        return new ClusterRuntime(settings, around);
    }

    private sealed class Unheld : IDisposable
    {
        public void Dispose() { }
    }
}
