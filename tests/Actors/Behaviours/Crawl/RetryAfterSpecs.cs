using Amble.Behaviours.Crawl;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Crawl;

[Trait("Seeds", "P-12+")]
public sealed class RetryAfterSpecs
{
    // A Friday; the site's clock is an hour ahead of ours.
    private static readonly DateTimeOffset Now = new(2026, 11, 6, 8, 49, 37, TimeSpan.Zero);
    private const string TheirNow = "Fri, 06 Nov 2026 09:49:37 GMT";

    [Theory]
    [InlineData("0", 0)]
    [InlineData("120", 120)]
    [InlineData(" 7 ", 7)]
    [InlineData("1.5", 2)]
    [InlineData("0.001", 1)]
    [InlineData("3.0", 3)]
    [InlineData("Fri, 06 Nov 2026 08:50:37 GMT", 60)]
    [InlineData("Friday, 06-Nov-26 08:50:37 GMT", 60)]
    [InlineData("Fri Nov  6 08:50:37 2026", 60)]
    [InlineData("Mon, 06 Nov 2026 08:50:37 GMT", 60)]
    [InlineData("Fri, 06 Nov 2026 08:00:00 GMT", 0)]
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT", 0)]
    [InlineData("5, 90", 90)]
    public void What_is_understood(string value, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Parse([value], null, Now));

    [Theory]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("1e3")]
    [InlineData("5s")]
    [InlineData(".5")]
    [InlineData("Fri, 31 Feb 2026 08:50:37 GMT")]
    [InlineData("06 Nov 2026")]
    public void What_is_not_understood_is_absent(string value) => Assert.Null(RetryAfter.Parse([value], null, Now));

    [Theory]
    [InlineData("99999999999999999999999999")]
    [InlineData("9223372036854775807")]
    [InlineData("3155760000.5")]
    [InlineData("Fri, 06 Nov 9999 08:50:37 GMT")]
    public void Overflow_means_very_long_and_never_absent(string value) => Assert.Equal(RetryAfter.Longest, RetryAfter.Parse([value], null, Now));

    [Fact]
    public void A_date_is_measured_against_the_sites_own_clock() =>
        Assert.Equal(TimeSpan.FromSeconds(30), RetryAfter.Parse(["Fri, 06 Nov 2026 09:50:07 GMT"], TheirNow, Now));

    [Fact]
    public void Seconds_need_no_clock_and_a_garbled_Date_is_no_clock()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), RetryAfter.Parse(["30"], TheirNow, Now));
        Assert.Equal(TimeSpan.FromSeconds(60), RetryAfter.Parse(["Fri, 06 Nov 2026 08:50:37 GMT"], "yesterday", Now));
    }

    [Fact]
    public void Of_several_the_longest_counts_and_none_is_absent()
    {
        Assert.Equal(TimeSpan.FromSeconds(60), RetryAfter.Parse(["5", "garbage", "60", "10"], null, Now));
        Assert.Null(RetryAfter.Parse([], null, Now));
    }
}
