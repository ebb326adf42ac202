using Amble.Behaviours.Crawl;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Crawl;

[Trait("Seeds", "P-11+")]
public sealed class AnsweredRateSpecs
{
    private static readonly DateTimeOffset Start = Answers.Epoch;

    private static AnsweredRate Steady(AnsweredRate rate, int count, double gap)
    {
        for (var i = 0; i < count; i++) rate = rate.Add(Start.AddSeconds(i * gap));
        return rate;
    }

    [Fact]
    public void It_is_the_highest_good_per_second_and_one_over_stretches_that_end_at_the_refusal()
    {
        Assert.Equal(10 / 6.0, Steady(AnsweredRate.Empty, 10, 0.5).At(Start.AddSeconds(5)), 6);
        var slowThenFast = Steady(AnsweredRate.Empty, 3, 10);
        for (var i = 0; i < 8; i++) slowThenFast = slowThenFast.Add(Start.AddSeconds(60 + i * 0.25));
        Assert.Equal(8 / 3.0, slowThenFast.At(Start.AddSeconds(62)), 6);
    }

    [Fact]
    public void The_stretch_from_the_refusal_before_takes_no_plus_one() =>
        Assert.Equal(10 / 5.0, Steady(AnsweredRate.From(Start), 10, 0.5).At(Start.AddSeconds(5)), 6);

    [Fact]
    public void Without_a_good_answer_it_is_zero()
    {
        Assert.Equal(0, AnsweredRate.Empty.At(Start));
        Assert.Equal(0, AnsweredRate.From(Start).At(Start));
    }

    [Fact]
    public void Marks_are_bounded_and_thinning_them_out_hardly_changes_the_rate()
    {
        var rate = AnsweredRate.From(Start);
        for (var i = 0; i < 50_000; i++)
        {
            rate = rate.Add(Start.AddSeconds(i * 0.1));
            Assert.InRange(rate.Marks, 1, AnsweredRate.MostMarks);
        }
        Assert.Equal(10, rate.At(Start.AddSeconds(5000)), 2);
    }
}
