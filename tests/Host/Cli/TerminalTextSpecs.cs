using Amble.App.Cli;
using Xunit;

namespace Amble.Host.Specs.Cli;

public sealed class TerminalTextSpecs
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\e[2J\e[31mred\e[0m", "[2J[31mred[0m")]
    [InlineData("a\u0007b\u009Bc\u0000d", "abcd")]
    [InlineData("invoice\u202Efdp.exe", "invoicefdp.exe")]
    [InlineData("\u2066x\u2069\u200Fy\u061Cz", "xyz")]
    [InlineData("two\r\n\tlines\u2028three", "two lines three")]
    [InlineData("  wide   gaps\u00A0here ", "wide gaps here")]
    [InlineData("naïve 日本 👩‍👩‍👧", "naïve 日本 👩‍👩‍👧")]
    [InlineData(null, "")]
    public void Strangers_text_cannot_move_the_cursor_or_turn_a_line(string? text, string clean) => Assert.Equal(clean, TerminalText.Clean(text));

    [Fact]
    public void Half_a_character_becomes_a_replacement() => Assert.Equal("\uFFFDcut", TerminalText.Clean("\uD800cut"));

    [Fact]
    public void A_long_text_is_cut_between_letters() => Assert.Equal("e\u0301e\u0301…", TerminalText.Clean("e\u0301e\u0301e\u0301e\u0301", 3));
}
