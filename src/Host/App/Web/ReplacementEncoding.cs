using System.Text;

namespace Amble.App.Web;

/// <summary>Whatever the bytes are, they are one replacement character (Encoding standard section 14.1): no page, and no link.</summary>
internal sealed class ReplacementEncoding : Encoding
{
    public override string WebName => "replacement";

    public override int GetCharCount(byte[] bytes, int index, int count) => Math.Min(count, 1);

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        if (byteCount > 0) chars[charIndex] = '\uFFFD';
        return Math.Min(byteCount, 1);
    }

    public override int GetMaxCharCount(int byteCount) => 1;

    public override int GetByteCount(char[] chars, int index, int count) => throw new NotSupportedException("Nothing is written in this encoding.");

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => throw new NotSupportedException("Nothing is written in this encoding.");

    public override int GetMaxByteCount(int charCount) => throw new NotSupportedException("Nothing is written in this encoding.");
}
