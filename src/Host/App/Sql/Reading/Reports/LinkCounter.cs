using Amble.Behaviours.Crawl;

namespace Amble.App.Sql.Reading.Reports;

/// <summary>
/// Counts how many pages link to each of a set of targets. URLs are known by a 64-bit hash, so that 200,000 of them are a few megabytes;
/// among so many, two have one hash with a chance of one in a billion. Several URLs may lead to one target, and a page counts once for it.
/// </summary>
internal sealed class LinkCounter(int targets)
{
    private readonly Dictionary<long, int> _targets = new(targets);
    private readonly List<(int Count, int LastPage)> _counts = new(targets);

    /// <summary>URLs that lead to a target.</summary>
    public int Urls => _targets.Count;

    public int Targets => _counts.Count;

    public IReadOnlyList<int> Counts => [.. _counts.Select(one => one.Count)];

    public int this[int target] => _counts[target].Count;

    public void AddTarget(string url)
    {
        _targets.TryAdd(Hash(url), _counts.Count);
        _counts.Add((0, -1));
    }

    /// <summary>Something that leads to where another URL leads. False when that one leads nowhere, or this one somewhere already.</summary>
    public bool AddWay(string url, string to) => _targets.TryGetValue(Hash(to), out var target) && _targets.TryAdd(Hash(url), target);

    /// <summary>A page links to this: its target, if it has one and the page had not counted for it yet; else null.</summary>
    /// <param name="page">Rises from page to page.</param>
    public int? Count(int page, string url)
    {
        if (!_targets.TryGetValue(Hash(url), out var target) || _counts[target].LastPage == page) return null;
        _counts[target] = (_counts[target].Count + 1, page);
        return target;
    }

    /// <summary>Begins to count anew.</summary>
    public void Restart()
    {
        for (var i = 0; i < _counts.Count; i++) _counts[i] = (0, -1);
    }

    private static long Hash(string url) => StableHash.Of(url).Value;
}
