using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Writing;
using Amble.Local;

namespace Amble.Actors.Specs.Local;

/// <summary>The one-process runtime keeps the contract of all runtimes.</summary>
public sealed class LocalContractSpecs : RuntimeContract
{
    private protected override ICrawlRuntime Open(IScheduler scheduler, LockedStore store, IWeb web, CrawlSettings crawl, Action<string, Exception> onFault) =>
        new LocalRuntime(scheduler, store, store, web, new LocalSettings(crawl, WriterQueueSettings.Default, null, TimeSpan.FromSeconds(1), onFault));
}
