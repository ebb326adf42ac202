using System.Text;

namespace Amble.App.Web;

/// <summary>The parts of ISO 8859 that the framework leaves out: Nordic (10), Celtic (14), South-Eastern European (16). Read only.</summary>
internal sealed class LatinPart : Encoding
{
    private const int First = 0xA0;

    private readonly string _upper;

    private LatinPart(int part, string upper) => (WebName, _upper) = ($"iso-8859-{part}", upper);

    public override string WebName { get; }

    public static LatinPart Of(int part) => new(part, part switch
    {
        10 => "\u00A0ĄĒĢĪĨĶ§ĻĐŠŦŽ\u00ADŪŊ°ąēģīĩķ·ļđšŧž―ūŋĀÁÂÃÄÅÆĮČÉĘËĖÍÎÏÐŅŌÓÔÕÖŨØŲÚÛÜÝÞßāáâãäåæįčéęëėíîïðņōóôõöũøųúûüýþĸ",
        14 => "\u00A0Ḃḃ£ĊċḊ§Ẁ©ẂḋỲ\u00AD®ŸḞḟĠġṀṁ¶ṖẁṗẃṠỳẄẅṡÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏŴÑÒÓÔÕÖṪØÙÚÛÜÝŶßàáâãäåæçèéêëìíîïŵñòóôõöṫøùúûüýŷÿ",
        16 => "\u00A0ĄąŁ€„Š§š©Ș«Ź\u00ADźŻ°±ČłŽ”¶·žčș»ŒœŸżÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ",
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "Only parts 10, 14 and 16 are read here."),
    });

    public override int GetCharCount(byte[] bytes, int index, int count) => count;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        for (var i = 0; i < byteCount; i++)
        {
            var octet = bytes[byteIndex + i];
            chars[charIndex + i] = octet < First ? (char)octet : _upper[octet - First];
        }
        return byteCount;
    }

    public override int GetMaxCharCount(int byteCount) => byteCount;

    public override int GetByteCount(char[] chars, int index, int count) => throw new NotSupportedException("Nothing is written in this encoding.");

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => throw new NotSupportedException("Nothing is written in this encoding.");

    public override int GetMaxByteCount(int charCount) => throw new NotSupportedException("Nothing is written in this encoding.");
}
