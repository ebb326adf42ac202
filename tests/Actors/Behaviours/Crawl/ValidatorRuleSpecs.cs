using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Crawl;

public sealed class ValidatorRuleSpecs
{
    private const string Date = "Tue, 03 Feb 2026 10:11:12 GMT";

    [Theory]
    [InlineData("\"abc\"", "\"abc\"")]
    [InlineData("W/\"abc-gzip\"", "W/\"abc-gzip\"")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("abc", null)]
    [InlineData("w/\"abc\"", null)]
    [InlineData("\"a b\"", null)]
    [InlineData("\"a\"b\"", null)]
    [InlineData("\"a\r\nHost: evil\"", null)]
    [InlineData("\"a\u0001\"", null)]
    [InlineData("\"ä\"", null)]
    [InlineData("\"", null)]
    [InlineData("W/", null)]
    [InlineData("*", null)]
    public void Only_an_entity_tag_of_the_standard_is_kept(string etag, string? kept) =>
        Assert.Equal(kept, ValidatorRule.Judge(etag, null, [])?.ETag);

    [Fact]
    public void A_tag_of_ten_kilobytes_is_not_kept_and_what_comes_with_it_is() =>
        Assert.Equal(new Validators(null, Date), ValidatorRule.Judge($"\"{new string('x', 10_000)}\"", Date, []));

    [Theory]
    [InlineData(Date, true)]
    [InlineData("Tuesday, 03-Feb-26 10:11:12 GMT", false)]
    [InlineData("yesterday", false)]
    [InlineData("Tue, 03 Feb 2026 10:11:12 GMT\r\nX: y", false)]
    public void A_date_is_kept_in_the_form_that_may_be_sent(string date, bool kept) =>
        Assert.Equal(kept ? new Validators(null, date) : null, ValidatorRule.Judge(null, date, []));

    [Fact]
    public void Both_are_kept_where_both_are_there() => Assert.Equal(new Validators("\"a\"", Date), ValidatorRule.Judge("\"a\"", Date, ["max-age=60"]));

    [Theory]
    [InlineData("no-store", null)]
    [InlineData("private, No-Store", null)]
    [InlineData("no-cache", "\"a\"")]
    [InlineData("ext=\"x, no-store, y\"", "\"a\"")]
    public void Who_forbids_storing_is_asked_in_full(string cacheControl, string? kept) =>
        Assert.Equal(kept, ValidatorRule.Judge("\"a\"", null, [cacheControl])?.ETag);
}
