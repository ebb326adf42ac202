using Amble.App.Live;
using Amble.Behaviours.Ports;
using Xunit;

namespace Amble.Host.Specs.Live;

public sealed class EventMarkSpecs
{
    [Theory]
    [InlineData(0, 0, false, "0-0")]
    [InlineData(812, 1767225600123, false, "812-1767225600123")]
    [InlineData(812, 1767225600123, true, "812-1767225600123-end")]
    public void An_id_comes_back_as_it_went(long number, long stamp, bool isEnd, string text)
    {
        var mark = new EventMark(new VisitMark(number, stamp), isEnd);

        Assert.Equal(text, mark.ToString());
        Assert.True(EventMark.TryParse(text, out var read));
        Assert.Equal(mark, read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("812")]
    [InlineData("812-")]
    [InlineData("-1-5")]
    [InlineData("1-5-end-end")]
    [InlineData("1- 5")]
    [InlineData("99999999999999999999-5")]
    public void Anything_else_is_none(string? text) => Assert.False(EventMark.TryParse(text, out _));
}
