namespace Amble.App.Web;

/// <summary>Text for people: white space and control characters collapsed to single spaces, cut at a length and never inside a character.</summary>
internal sealed class CollapsedText(int longest)
{
    private readonly char[] _text = new char[longest];
    private int _length;
    private bool _space;

    public bool IsEmpty => _length == 0;

    public bool IsFull => _length == longest;

    public void Clear() => (_length, _space) = (0, false);

    public void AddSpace() => _space = _length > 0;

    public void Add(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (IsFull)
                return;
            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                _space = _length > 0;
                continue;
            }
            if (_space)
            {
                _text[_length++] = ' ';
                _space = false;
                if (IsFull)
                    return;
            }
            _text[_length++] = c;
        }
    }

    public override string ToString()
    {
        var text = _text.AsSpan(0, _length > 0 && char.IsHighSurrogate(_text[_length - 1]) ? _length - 1 : _length).TrimEnd(' ');
        return text.ToString();
    }
}
