using Amble.App.Sql.Periods;
using Amble.Messages;

namespace Amble.App.Sql.Writing;

/// <summary>Writes lines of the access log, and the views that they are.</summary>
internal abstract class HitRows
{
    /// <summary>Writes these of one day, at once; a row that cannot be stored undoes no more than its own statement.</summary>
    public abstract void Insert(Period period, long source, long sequence, IEnumerable<Hit> hits, int count);

    public abstract void Add(IReadOnlyCollection<PageViews> views);
}

/// <param name="Day">Days since 1970, UTC.</param>
internal sealed record PageViews(string Path, long Day, long People, long Bots);
