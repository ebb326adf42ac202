namespace Amble.Behaviours.Cards;

/// <summary>
/// What is drawn where, in pixels (SEEDS D-9+): every text inside the centre 80 %, which no network crops. Above, a small line with a date or
/// nothing; below it the title as large as it fits, beside the score where there is one; then the figures; and at the foot, where no text is,
/// the trail. All lines but the title run left to right, as hosts, paths and numbers do. Sizes are chosen for a card shown 300 pixels wide, a quarter: a title of 48 is 12 pixels there.
/// </summary>
public static class CardLayout
{
    public const float SafeLeft = CoveragePlane.Width * 0.1f;
    public const float SafeRight = CoveragePlane.Width * 0.9f;
    public const float SafeTop = CoveragePlane.Height * 0.1f;
    public const float SafeBottom = CoveragePlane.Height * 0.9f;

    private const float HeadBaseline = 104;
    private const float HeadLeft = SafeLeft + 64;
    private const float TitleTop = 138;
    private const float TitleHeight = 236;
    private const float FootBaseline = 456;
    private const float NumberBaseline = 444;
    private const float LabelBaseline = 486;
    private const float ScoreSize = 216;
    private const float ScoreGap = 48;
    private const float Column = 240;
    private const float Gap = 40;

    /// <summary>Room for the soft edge of a letter.</summary>
    private const float Soft = 1;
    private static readonly float[] TitleSizes = [96, 88, 80, 72, 66, 60, 54, 48];
    private static readonly float[] HeadSizes = [36, 32, 28];
    private static readonly float[] FootSizes = [34, 31, 28];
    private static readonly float[] NumberSizes = [60, 52, 44];
    private static readonly float[] LabelSizes = [33];

    public static IReadOnlyList<PlacedText> Of(CardFace face, TextMeasure measure)
    {
        var page = new Page(measure);
        var corner = page.LineEndingAt(SafeRight, face.Corner, TextWeight.Medium, CardInk.Soft, HeadSizes, HeadBaseline, SafeRight - SafeLeft);
        page.LineFrom(HeadLeft, face.Head, TextWeight.Medium, CardInk.Soft, HeadSizes, HeadBaseline, corner - HeadLeft);
        var score = page.LineEndingAt(SafeRight, face.Score, TextWeight.Bold, IsLow(face.Score) ? CardInk.Bad : CardInk.Accent, [ScoreSize], TitleTop + ScoreSize * 0.86f, SafeRight - SafeLeft);
        if (face.Score.Length > 0) score = Math.Min(score, page.LineEndingAt(SafeRight, "score", TextWeight.Medium, CardInk.Soft, LabelSizes, TitleTop + ScoreSize * 0.86f + 46, Column) + Gap) - ScoreGap + Gap;
        page.Title(face.Title, face.Place, (face.Score.Length > 0 ? score : SafeRight + Gap) - Gap - SafeLeft);
        if (face.Kind == "page") Below(page, face);
        else Figures(page, face);
        return page.Texts;
    }

    private static void Below(Page page, CardFace face)
    {
        var views = page.LineEndingAt(SafeRight, face.Figures.Count > 0 ? face.Figures[0].Number : "", TextWeight.Bold, CardInk.Accent, FootSizes, FootBaseline, Column * 2);
        page.LineFrom(SafeLeft, face.Foot, TextWeight.Medium, CardInk.Soft, FootSizes, FootBaseline, views - SafeLeft);
    }

    private static void Figures(Page page, CardFace face)
    {
        for (var i = 0; i < face.Figures.Count; i++)
        {
            var left = SafeLeft + i * Column;
            var (number, label, bad) = face.Figures[i];
            page.LineFrom(left, number, TextWeight.Bold, bad ? CardInk.Bad : CardInk.Strong, NumberSizes, NumberBaseline, Column - Gap / 2);
            page.LineFrom(left, label, TextWeight.Medium, CardInk.Soft, LabelSizes, LabelBaseline, Column - Gap / 2);
        }
    }

    // Below 90 one page of ten is not reached.
    private static bool IsLow(string score) => score.Length < 2 || score.Length == 2 && score[0] < '9';

    /// <summary>Texts as they are laid down, one after another.</summary>
    private sealed class Page(TextMeasure measure)
    {
        private readonly List<PlacedText> _texts = [];

        public IReadOnlyList<PlacedText> Texts => _texts;

        /// <returns>What the next text may reach to.</returns>
        public float LineEndingAt(float right, string text, TextWeight weight, CardInk ink, float[] sizes, float baseline, float room)
        {
            if (text.Length == 0) return right;
            var (line, size) = OneLine(text, weight, sizes, room);
            var left = right - Soft - (line.Width() + line.RightOverhang) * size;
            _texts.Add(new PlacedText(line.Text, left, baseline, size, weight, ink, RunsLeft: false));
            return left - Gap;
        }

        public void LineFrom(float left, string text, TextWeight weight, CardInk ink, float[] sizes, float baseline, float room)
        {
            var (line, size) = OneLine(text, weight, sizes, room);
            if (line.Count > 0) _texts.Add(new PlacedText(line.Text, left + Soft + line.LeftOverhang * size, baseline, size, weight, ink, RunsLeft: false));
        }

        /// <summary>A title that runs right to left stands at the right of its box; one that no font can draw gives way to the place.</summary>
        public void Title(string title, string place, float width)
        {
            var runsLeft = Scripts.RunsLeft(title);
            var drawable = Drawable(title, TextWeight.Bold, runsLeft);
            if (drawable.Count == 0) (drawable, runsLeft) = (Drawable(place, TextWeight.Bold, runsLeft: false), false);
            var (lines, size) = Fit(drawable, TextWeight.Bold, runsLeft, (width, TitleHeight), TitleSizes);
            var step = size * FitRule.LineHeight;
            var top = TitleTop + (TitleHeight - step * lines.Count) / 2;
            for (var i = 0; i < lines.Count; i++)
            {
                var left = runsLeft ? SafeLeft + width - Soft - (lines[i].Width() + lines[i].RightOverhang) * size : SafeLeft + Soft + lines[i].LeftOverhang * size;
                _texts.Add(new PlacedText(lines[i].Text, left, top + step * i + size * 0.95f, size, TextWeight.Bold, CardInk.Strong, runsLeft));
            }
        }

        private (MeasuredText Line, float Size) OneLine(string text, TextWeight weight, float[] sizes, float room)
        {
            var (lines, size) = Fit(Drawable(text, weight, runsLeft: false), weight, runsLeft: false, (room, 1), sizes);
            return (lines.Count > 0 ? lines[0] : measure("", weight, runsLeft: false), size);
        }

        // A line alone may be wider than it was in the text: a letter has another form at an end, and ink hangs over. Then the box is made narrower by that.
        private (IReadOnlyList<MeasuredText> Lines, float Size) Fit(MeasuredText text, TextWeight weight, bool runsLeft, (float Width, float Height) box, float[] sizes)
        {
            var room = box.Width - 2 * Soft;
            for (var over = 0f; ;)
            {
                var fitted = FitRule.Fit(text, (room - over, box.Height), sizes, measure("…", weight, runsLeft).Width());
                MeasuredText[] lines = [.. fitted.Lines.Select(line => measure(line, weight, runsLeft))];
                var more = lines.Select(line => line.InkWidth() * fitted.Size).DefaultIfEmpty().Max() - room;
                if (more <= 0 || over > room / 2) return (lines, fitted.Size);
                over += more;
            }
        }

        private MeasuredText Drawable(string text, TextWeight weight, bool runsLeft)
        {
            var measured = measure(text, weight, runsLeft);
            return measured.HasMissing ? measure(measured.WithoutMissing(), weight, runsLeft) : measured;
        }
    }
}
