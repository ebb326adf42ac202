using System.Text;
using Amble.App.Web;
using Xunit;
using static Amble.Host.Specs.Web.Fetching;

namespace Amble.Host.Specs.Web;

public class ContentTypeRuleSpecs
{
    [Theory]
    [InlineData("text/html", true, false)]
    [InlineData("TEXT/HTML; charset=utf-8", true, false)]
    [InlineData("application/xhtml+xml ;x", true, false)]
    [InlineData("application/xml", false, false)]
    [InlineData("text/plain", false, false)]
    [InlineData("application/pdf", false, false)]
    [InlineData(null, false, true)]
    [InlineData(" ; charset=utf-8", false, true)]
    [InlineData("unknown/unknown", false, true)]
    [InlineData("*/*", false, true)]
    public void Only_HTML_and_XHTML_are_pages_and_who_says_nothing_is_looked_at(string? type, bool page, bool unknown) =>
        Assert.Equal((page, unknown), (ContentTypeRule.IsPage(type), ContentTypeRule.IsUnknown(type)));

    [Theory]
    [InlineData("<!DOCTYPE html><p>", true)]
    [InlineData("\u00EF\u00BB\u00BF \r\n<HTML lang=en>", true)]
    [InlineData("<!-- x", true)]
    [InlineData("<a href=x>", true)]
    [InlineData("<abbr>", false)]
    [InlineData("<p", false)]
    [InlineData("<?xml version='1.0'?><html>", false)]
    [InlineData("%PDF-1.7 <html>", false)]
    [InlineData("", false)]
    public void Its_first_bytes_tell_a_page(string latin1, bool page) => Assert.Equal(page, ContentTypeRule.BeginsAsPage(Encoding.Latin1.GetBytes(latin1)));

    [Theory]
    [InlineData("<html><a href=/b>b</a>", true)]
    [InlineData("plain <a href=/b>b</a>", false)]
    public async Task An_answer_without_a_type_is_read_when_it_begins_as_a_page(string body, bool isRead)
    {
        await using var site = new RawServer("HTTP/1.1 200 OK", Encoding.UTF8.GetBytes(body));
        var answer = await AnswerAsync(Loopback, $"http://127.0.0.1:{site.Port}/");
        Assert.Equal((200, (string?)null, isRead), (answer.Status, answer.ContentType, answer.Content is not null));
    }
}
