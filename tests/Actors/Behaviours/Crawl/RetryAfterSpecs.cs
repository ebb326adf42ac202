using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Crawl;

/// <summary>The matrix of Retry-After: each way to write it, and what it means by our clock and by the site's.</summary>
[Trait("Seeds", "P-12+")]
public sealed class RetryAfterSpecs
{
    // A Friday.
    private static readonly DateTimeOffset Now = new(2026, 11, 6, 8, 49, 37, TimeSpan.Zero);

    // Its Date, when the site's clock is an hour ahead of ours or behind it, in the three forms of RFC 9110 section 5.6.7.
    private const string HourAhead = "Fri, 06 Nov 2026 09:49:37 GMT";
    private const string HourBehind = "Friday, 06-Nov-26 07:49:37 GMT";
    private const string SameClock = "Fri Nov  6 08:49:37 2026";

    // What it is, the fields, the answer's Date, and the seconds that are waited.
    public static TheoryData<string, string[], string?, double> Understood => new()
    {
        { "seconds", ["120"], null, 120 },
        { "no seconds", ["0"], null, 0 },
        { "space around", [" 7 "], null, 7 },
        { "a fraction is rounded up", ["1.5"], null, 2 },
        { "a small fraction too", ["0.001"], null, 1 },
        { "a fraction of nothing", ["3.0"], null, 3 },
        { "IMF-fixdate", ["Fri, 06 Nov 2026 08:50:37 GMT"], null, 60 },
        { "RFC 850", ["Friday, 06-Nov-26 08:50:37 GMT"], null, 60 },
        { "asctime", ["Fri Nov  6 08:50:37 2026"], null, 60 },
        { "the date counts, not its weekday", ["Mon, 06 Nov 2026 08:50:37 GMT"], null, 60 },
        { "past, IMF-fixdate", ["Fri, 06 Nov 2026 08:00:00 GMT"], null, 0 },
        { "past, RFC 850 of the last century", ["Sunday, 06-Nov-94 08:49:37 GMT"], null, 0 },
        { "past, asctime", ["Sun Nov  6 08:49:37 1994"], null, 0 },
        { "duplicate fields: the longest", ["5", "60", "10"], null, 60 },
        { "duplicate fields, one garbled", ["5", "soon", "60"], null, 60 },
        { "duplicate fields, seconds and a date", ["5", "Fri, 06 Nov 2026 08:50:37 GMT"], null, 60 },
        { "duplicate fields joined by a proxy", ["5, 90"], null, 90 },
        { "an hour ahead, seconds", ["30"], HourAhead, 30 },
        { "an hour ahead, IMF-fixdate", ["Fri, 06 Nov 2026 09:50:07 GMT"], HourAhead, 30 },
        { "an hour ahead, RFC 850", ["Friday, 06-Nov-26 09:50:07 GMT"], HourAhead, 30 },
        { "an hour ahead, asctime", ["Fri Nov  6 09:50:07 2026"], HourAhead, 30 },
        { "an hour ahead, past", ["Fri, 06 Nov 2026 09:00:00 GMT"], HourAhead, 0 },
        { "an hour behind, seconds", ["30"], HourBehind, 30 },
        { "an hour behind, IMF-fixdate", ["Fri, 06 Nov 2026 07:50:07 GMT"], HourBehind, 30 },
        { "an hour behind, RFC 850", ["Friday, 06-Nov-26 07:50:07 GMT"], HourBehind, 30 },
        { "an hour behind, asctime", ["Fri Nov  6 07:50:07 2026"], HourBehind, 30 },
        { "the same clock", ["Fri, 06 Nov 2026 08:50:37 GMT"], SameClock, 60 },
        { "a garbled Date is no clock", ["Fri, 06 Nov 2026 08:50:37 GMT"], "yesterday", 60 },
    };

    public static TheoryData<string, string> NotUnderstood => new()
    {
        { "nothing", "" },
        { "negative", "-5" },
        { "a negative fraction", "-0.5" },
        { "words", "soon" },
        { "an exponent", "1e3" },
        { "a unit", "5s" },
        { "no digit before the point", ".5" },
        { "no such day", "Fri, 31 Feb 2026 08:50:37 GMT" },
        { "half a date", "06 Nov 2026" },
        { "another time zone", "Fri, 06 Nov 2026 08:50:37 CET" },
        { "ISO 8601", "2026-11-06T08:50:37Z" },
        { "one of several negative", "5, -5" },
    };

    public static TheoryData<string, string> Overflow => new()
    {
        { "26 digits", "99999999999999999999999999" },
        { "the largest long", "9223372036854775807" },
        { "a century with a fraction", "3155760000.5" },
        { "the year 9999", "Fri, 06 Nov 9999 08:50:37 GMT" },
        { "among others", "5, 99999999999999999999999999" },
    };

    [Theory, MemberData(nameof(Understood))]
    public void What_is_understood_is_waited_exactly(string what, string[] fields, string? date, double seconds) =>
        Assert.Equal((what, TimeSpan.FromSeconds(seconds)), (what, RetryAfter.Parse(fields, date, Now)));

    [Theory, MemberData(nameof(NotUnderstood))]
    public void What_is_not_understood_is_absent(string what, string value) => Assert.Equal((what, null), (what, RetryAfter.Parse([value], null, Now)));

    [Theory, MemberData(nameof(Overflow))]
    public void Overflow_means_very_long_and_never_absent(string what, string value) => Assert.Equal((what, RetryAfter.Longest), (what, RetryAfter.Parse([value], null, Now)));

    [Fact]
    public void None_is_absent() => Assert.Null(RetryAfter.Parse([], HourAhead, Now));

    // Status, Retry-After, and the seconds for which the whole domain is left alone; null where the pace alone decides.
    [Theory]
    [InlineData(429, "30", 30.0)]
    [InlineData(503, "30", 30.0)]
    [InlineData(429, "Fri, 06 Nov 2026 09:50:07 GMT", 30.0)]
    [InlineData(429, "0", null)]
    [InlineData(429, "-5", null)]
    [InlineData(429, "Fri, 06 Nov 2026 09:00:00 GMT", null)]
    [InlineData(301, "30", null)]
    [InlineData(200, "30", null)]
    [InlineData(403, "30", null)]
    public void It_blocks_the_domain_of_a_throttled_answer_that_long_and_says_nothing_elsewhere(int status, string retryAfter, double? seconds)
    {
        var outcome = new FetchOutcome.Answered(Now, TimeSpan.Zero, default, status, 0, null, null, [retryAfter], HourAhead, null, "", null, null);
        var after = PaceRule.After(Pace.Recover(Answers.Blank, PaceSettings.Default, Now), AnswerRule.Judge(outcome, Now)!.Value, Now, PaceSettings.Default);
        Assert.Equal(seconds is { } rest ? Now.AddSeconds(rest) : null, after.BlockedUntil);
    }
}
