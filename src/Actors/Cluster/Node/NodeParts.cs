using System.Collections.Concurrent;
using Amble.Behaviours.Crawl;
using Amble.Cluster.Entities;
using Amble.Local;

namespace Amble.Cluster.Node;

/// <summary>What the actors of one node share.</summary>
internal sealed class NodeParts(CrawlSettings crawl, Outside outside)
{
    // A moment, so that a fault that comes again at once does not keep a processor busy.
    private static readonly TimeSpan _rebirth = TimeSpan.FromSeconds(1);

    public CrawlSettings Crawl => crawl;

    public Outside Outside => outside;

    public Regions Regions { get; } = new();

    public LivingDomains Awake { get; } = new();

    /// <summary>Begins another life of an entity that ended in a fault, 1 to 2 seconds later: those that fell together do not rise together.</summary>
    public void Rebirth(string key, Action begin)
    {
        if (outside.Stopping.IsCancellationRequested) return;
        var spread = TimeSpan.FromMilliseconds(unchecked((ulong)StableHash.Of(key).Value) % 1_000);
        outside.Scheduler.RunAt(outside.Scheduler.Now + _rebirth + spread, begin);
    }
}

/// <summary>The domains that live on this node.</summary>
internal sealed class LivingDomains
{
    private readonly ConcurrentDictionary<string, int> _lives = new(StringComparer.Ordinal);

    public int Count => _lives.Count;

    public IEnumerable<string> Names => _lives.Keys;

    public void Add(string domain) => _lives.AddOrUpdate(domain, 1, static (_, lives) => lives + 1);

    // A life may end after the next has begun.
    public void Remove(string domain)
    {
        while (_lives.TryGetValue(domain, out var lives))
        {
            if (lives > 1 ? _lives.TryUpdate(domain, lives - 1, lives) : _lives.TryRemove(new(domain, lives))) return;
        }
    }
}
