using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace Amble.App.Pages;

/// <summary>
/// A piece of markup. It is only made by <see cref="Of"/> from an interpolated string, whose own text is markup and whose values are
/// data: they are encoded unless they are markup themselves. So a title can never become a tag.
/// </summary>
public readonly record struct Html
{
    private readonly string? _text;

    private Html(string text) => _text = text;

    public static Html None => default;

    public static Html Of(HtmlHandler markup) => new(markup.Text);

    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces));

    public override string ToString() => _text ?? "";
}

/// <summary>Builds <see cref="Html"/>: the compiler calls it for every part of an interpolated string.</summary>
[InterpolatedStringHandler]
public readonly ref struct HtmlHandler(int literalLength, int formattedCount)
{
    private readonly StringBuilder _text = new(literalLength + formattedCount * 24);

    public string Text => _text.ToString();

    public void AppendLiteral(string markup) => _text.Append(markup);

    public void AppendFormatted(Html markup) => _text.Append(markup.ToString());

    public void AppendFormatted(IEnumerable<Html> markup)
    {
        foreach (var piece in markup)
        {
            _text.Append(piece.ToString());
        }
    }

    public void AppendFormatted(string? value) => _text.Append(HtmlEncoder.Default.Encode(PageText.Clean(value)));

    public void AppendFormatted(long value) => _text.Append(value.ToString("N0", CultureInfo.InvariantCulture));

    public void AppendFormatted(int value) => AppendFormatted((long)value);
}
