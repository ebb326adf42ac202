using Amble.Behaviours.Cards;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours;

public sealed class CardRuleSpecs
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory, Trait("Seeds", "C-7+")]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(11, 1_024)]
    [InlineData(12, 1_440)]
    [InlineData(1_000_000, 1_440)]
    public void A_failure_waits_a_minute_doubling_to_a_day(int failures, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), CardBackoff.After(failures, CardSettings.Default));

    [Fact, Trait("Seeds", "D-3")]
    public void Most_viewed_come_first_and_among_equals_the_oldest()
    {
        var pages = new long[] { 3, 1, 2, 4 }.Select(id => new CardSubject(CardKind.Page, id)).ToList();
        Assert.Equal([4L, 3, 1, 2], CardOrder.MostViewedFirst(pages, [7, 0, 0, 900]).Select(page => page.Id));
    }

    [Fact, Trait("Seeds", "D-4")]
    public void Redrawing_is_due_once_a_night_in_its_hour()
    {
        var settings = CardSettings.Default with { NightlyHour = 3, CarryOnEvery = TimeSpan.FromDays(1) };
        var calendar = CardCalendar.From(_noon, settings);
        var nights = new List<DateTimeOffset>();
        for (var now = _noon; now < _noon.AddDays(2); now = now.AddMinutes(10))
        {
            (var duty, calendar) = calendar.At(now, settings);
            if (duty == CardDuty.Redraw) nights.Add(now);
        }
        Assert.Equal([_noon.AddHours(15), _noon.AddHours(39)], nights);
    }

    [Fact, Trait("Seeds", "D-2"), Trait("Seeds", "D-8+")]
    public void Carrying_on_is_due_every_few_minutes_and_clearing_up_every_hour()
    {
        var settings = CardSettings.Default;
        var calendar = CardCalendar.From(_noon, settings);
        var duties = new List<CardDuty>();
        for (var now = _noon; now <= _noon.AddHours(2); now = now.AddSeconds(1))
        {
            (var duty, calendar) = calendar.At(now, settings);
            duties.Add(duty);
        }
        Assert.InRange(duties.Count(duty => duty == CardDuty.CarryOn), 22, 24);
        Assert.Equal(2, duties.Count(duty => duty == CardDuty.ClearUp));
    }

    [Theory, Trait("Seeds", "D-8+")]
    [InlineData("0123456789abcdef0123456789abcdef", true)]
    [InlineData("0123456789ABCDEF0123456789ABCDEF", false)]
    [InlineData("0123456789abcdef0123456789abcde", false)]
    [InlineData("../../../../etc/passwd0123456789", false)]
    [InlineData("", false)]
    public void Only_32_small_hexadecimal_digits_are_a_cards_name(string text, bool isName) => Assert.Equal(isName, CardHash.Is(text));

    [Fact]
    public void Settings_that_are_wrong_are_told_all_at_once() => Assert.Equal(
        ["Cards:Slots", "Cards:NightlyHour", "Cards:RetryFirst"],
        CardSettings.Problems(CardSettings.Default with { Slots = -1, NightlyHour = 24, RetryFirst = TimeSpan.FromDays(2) }).Select(problem => problem.Path));
}
