namespace Amble.App.Cards;

/// <summary>Pictures that were asked for lately, bounded in number and bytes; who was asked for longest ago goes first. Used by any thread.</summary>
public sealed class CardCache(int entries, long bytes)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Hash, byte[] Png)>> _byHash = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Hash, byte[] Png)> _byUse = [];
    private long _bytes;
    private long _hits;
    private long _misses;

    public (int Entries, long Bytes, long Hits, long Misses) Counts
    {
        get { lock (_gate) return (_byHash.Count, _bytes, _hits, _misses); }
    }

    public byte[]? Find(string hash)
    {
        lock (_gate)
        {
            if (!_byHash.TryGetValue(hash, out var found))
            {
                _misses++;
                return null;
            }
            _hits++;
            _byUse.Remove(found);
            _byUse.AddFirst(found);
            return found.Value.Png;
        }
    }

    /// <summary>One that is larger than all room is not kept.</summary>
    public void Add(string hash, byte[] png)
    {
        lock (_gate)
        {
            if (png.Length > bytes || _byHash.ContainsKey(hash)) return;
            _byHash[hash] = _byUse.AddFirst((hash, png));
            _bytes += png.Length;
            while (_byHash.Count > entries || _bytes > bytes)
            {
                var last = _byUse.Last!.Value;
                _byUse.RemoveLast();
                _byHash.Remove(last.Hash);
                _bytes -= last.Png.Length;
            }
        }
    }
}
