using System.IO.Hashing;
using System.Runtime.InteropServices;
using Amble.Messages;

namespace Amble.App.Sql.Writing;

/// <summary>
/// What was lately seen to be in a job's frontier, so that the many repeats among found links cost no statement. Bounded: two
/// generations; when the young one is full it becomes the old one, and the old one is forgotten. Forgetting is always right. URLs are
/// known by 128 bits of hash, since texts kept this long would be most of what a crawl's memory holds; a site that makes two of one hash
/// hides a page of its own.
/// </summary>
/// <param name="capacity">URLs in one generation.</param>
internal sealed class KnownLinks(int capacity = 65_536)
{
    private Dictionary<UrlHash, bool> _young = [];
    private Dictionary<UrlHash, bool> _old = [];

    /// <summary>Null when nothing is known; true when its row is final; false when a better link may still let it in.</summary>
    public bool? IsSettled(JobId job, PageUrl url)
    {
        var hash = UrlHash.Of(job, url);
        if (_young.TryGetValue(hash, out var settled)) return settled;
        if (!_old.TryGetValue(hash, out settled)) return null;
        Remember(hash, settled);
        return settled;
    }

    public void Remember(JobId job, PageUrl url, bool settled) => Remember(UrlHash.Of(job, url), settled);

    /// <summary>A turn was undone: what it taught may be false.</summary>
    public void Forget()
    {
        _young.Clear();
        _old.Clear();
    }

    private void Remember(UrlHash hash, bool settled)
    {
        if (_young.Count >= capacity)
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
        }
        _young[hash] = settled;
    }

    private readonly record struct UrlHash(ulong High, ulong Low)
    {
        public static UrlHash Of(JobId job, PageUrl url)
        {
            var hash = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(url.Text.AsSpan()), job.Value);
            return new((ulong)(hash >> 64), (ulong)hash);
        }
    }
}
