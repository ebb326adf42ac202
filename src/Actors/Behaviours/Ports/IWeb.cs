using Amble.Messages;

namespace Amble.Behaviours.Ports;

/// <summary>The web as seen from here: one request, one outcome. Trouble is an outcome, never an exception.</summary>
public interface IWeb
{
    Task<FetchOutcome> FetchAsync(FetchRequest request, IDeparture departure, CancellationToken stop);

    /// <summary>The same for a sitemap, which may be too long to be held: its URLs are handed over in parts while it is read.</summary>
    /// <param name="store">Called with one part at a time; the outcome comes after the last of them is stored.</param>
    Task<FetchOutcome> FetchSitemapAsync(FetchRequest request, IDeparture departure, StorePart store, CancellationToken stop);
}

/// <summary>Stores a part. False when nothing more is wanted: the rest need not be read.</summary>
public delegate Task<bool> StorePart(FoundPart part);
