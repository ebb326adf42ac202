using Amble.Messages;

namespace Amble.App.Web;

/// <summary>One thing that a sitemap lists.</summary>
/// <param name="Text">As written, white space around it cut; longer than <see cref="PageUrl.LongestText"/> when it was too long to be read.</param>
/// <param name="IsFile">It is another sitemap.</param>
internal readonly record struct SitemapEntry(string Text, bool IsFile);

/// <summary>A sitemap that is read forward, entry by entry, in whichever form it is written.</summary>
internal interface ISitemapEntries : IDisposable
{
    /// <summary>Null at the end, and where it cannot be read on; <see cref="Problem"/> tells them apart.</summary>
    ValueTask<SitemapEntry?> NextAsync(CancellationToken stop);

    /// <summary>Why it could not be read to its end, in one sentence.</summary>
    string? Problem { get; }
}

/// <summary>A text being gathered from pieces: white space around it is dropped, and what is too long to be a URL is not kept.</summary>
internal sealed class EntryText
{
    private readonly char[] _kept = new char[PageUrl.LongestText + 1];

    public int Length { get; private set; }

    public void Clear() => Length = 0;

    public void Add(ReadOnlySpan<char> piece)
    {
        if (Length == 0)
            piece = piece.TrimStart();
        piece = piece[..Math.Min(piece.Length, _kept.Length - Length)];
        piece.CopyTo(_kept.AsSpan(Length));
        Length += piece.Length;
    }

    /// <summary>What was gathered; then it is empty again.</summary>
    public string Take()
    {
        var text = _kept.AsSpan(0, Length).TrimEnd().ToString();
        Length = 0;
        return text;
    }
}
