namespace Amble.Behaviours.Cards;

/// <summary>
/// How a text gets into its box (SEEDS D-9+): in the largest size at which it fits without breaking a word; else in the smallest, with words
/// broken; and if it is too long even for that, cut at a grapheme with an ellipsis. Lines are then made as even as they can be
/// without needing one more, so that no word stands alone on the last.
/// </summary>
public static class FitRule
{
    public const float LineHeight = 1.22f;

    private const string Ellipsis = "…";
    private const int EvenSteps = 7;

    /// <param name="box">Width and height, in pixels.</param>
    /// <param name="sizes">Allowed sizes in pixels, largest first.</param>
    /// <param name="ellipsisWidth">The width of an ellipsis, in em.</param>
    public static FittedText Fit(MeasuredText text, (float Width, float Height) box, IReadOnlyList<float> sizes, float ellipsisWidth)
    {
        if (text.Count == 0) return new FittedText(sizes[0], [], false);
        foreach (var size in sizes)
        {
            var wrapped = LineRule.Wrap(text, box.Width / size);
            if (wrapped.Lines.Count <= Room(box.Height, size) && !wrapped.BrokeWord) return Even(text, box.Width, size, wrapped);
        }
        var smallest = sizes[^1];
        var lines = LineRule.Wrap(text, box.Width / smallest);
        var room = Room(box.Height, smallest);
        return lines.Lines.Count <= room ? new FittedText(smallest, Texts(text, lines), false) : Cut(text, box.Width / smallest, smallest, lines, room, ellipsisWidth);
    }

    private static int Room(float height, float size) => Math.Max(1, (int)(height / (size * LineHeight)));

    private static FittedText Even(MeasuredText text, float width, float size, WrappedLines wrapped)
    {
        var (narrow, wide) = (width / size / wrapped.Lines.Count, width / size);
        for (var step = 0; step < EvenSteps && wrapped.Lines.Count > 1; step++)
        {
            var between = (narrow + wide) / 2;
            var tried = LineRule.Wrap(text, between);
            if (tried.Lines.Count == wrapped.Lines.Count && !tried.BrokeWord) (wide, wrapped) = (between, tried);
            else narrow = between;
        }
        return new FittedText(size, Texts(text, wrapped), false);
    }

    private static FittedText Cut(MeasuredText text, float width, float size, WrappedLines wrapped, int room, float ellipsisWidth)
    {
        var from = wrapped.Lines[room - 1].From;
        var to = from;
        while (to < text.Count && text.Width(from, to + 1) + ellipsisWidth <= width) to++;
        var last = text.Slice(from, to).TrimEnd(' ', ',', '.', ';', ':', '-', '–', '—', '/') + Ellipsis;
        return new FittedText(size, [.. Texts(text, wrapped).Take(room - 1), last], true);
    }

    private static List<string> Texts(MeasuredText text, WrappedLines wrapped) => [.. wrapped.Lines.Select(line => text.Slice(line.From, line.To))];
}

/// <param name="Size">In pixels.</param>
/// <param name="IsCut">Whether its last line ends in an ellipsis because there was more.</param>
public sealed record FittedText(float Size, IReadOnlyList<string> Lines, bool IsCut);
