using Amble.Messages;

namespace Amble.App.Sql.Writing;

/// <summary>
/// What was lately seen to be in a job's frontier, so that the many repeats among found links cost no statement. Bounded: two
/// generations; when the young one is full it becomes the old one, and the old one is forgotten. Forgetting is always right.
/// </summary>
/// <param name="capacity">URLs in one generation.</param>
internal sealed class KnownLinks(int capacity = 65_536)
{
    private Dictionary<(JobId, string), bool> _young = [];
    private Dictionary<(JobId, string), bool> _old = [];

    /// <summary>Null when nothing is known; true when its row is final; false when a better link may still let it in.</summary>
    public bool? IsSettled(JobId job, PageUrl url)
    {
        var key = (job, url.Text);
        if (_young.TryGetValue(key, out var settled)) return settled;
        if (!_old.TryGetValue(key, out settled)) return null;
        Remember(job, url, settled);
        return settled;
    }

    public void Remember(JobId job, PageUrl url, bool settled)
    {
        if (_young.Count >= capacity)
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
        }
        _young[(job, url.Text)] = settled;
    }

    /// <summary>A turn was undone: what it taught may be false.</summary>
    public void Forget()
    {
        _young.Clear();
        _old.Clear();
    }
}
