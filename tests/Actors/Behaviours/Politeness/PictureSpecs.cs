using Amble.Behaviours.Politeness;
using Amble.Messages;
using Xunit;
using static Amble.Actors.Specs.Behaviours.Politeness.SentRequests;

namespace Amble.Actors.Specs.Behaviours.Politeness;

/// <summary>What a chart is drawn from: bounded, however long a crawl was, and yet with every request in it.</summary>
[Trait("Seeds", "P-20+")]
public sealed class PictureSpecs
{
    [Theory]
    [InlineData(10, 0.05)]
    [InlineData(1_000, 0.3)]
    [InlineData(20_000, 0.05)]
    [InlineData(3_000, 120)]
    public void Columns_hold_every_request_and_are_never_too_many(int requests, double gap)
    {
        var picture = Picture(Sum(Steady(requests, gap)));
        Assert.InRange(picture.Columns.Count, Math.Min(requests, 60), 120);
        Assert.Equal(requests, picture.Columns.Sum(column => column.Requests));
        Assert.All(picture.Columns.Skip(1), column => Assert.Equal(gap, column.Least!.Value.TotalSeconds, 3));
        Assert.True(picture.Columns[^1].Number < 120 && picture.Width * picture.Columns[^1].Number <= TimeSpan.FromSeconds((requests - 1) * gap));
    }

    [Fact]
    public void Of_the_gaps_that_a_column_joins_the_shortest_and_the_longest_are_left()
    {
        var columns = Picture(Sum([At(0), At(100), At(100.5), At(104), At(7000)])).Columns;
        Assert.Equal([(0, 3, 0.5, 100.0), (1, 1, 3.5, 3.5), (68, 1, 6896.0, 6896.0)],
            columns.Select(column => (column.Number, column.Requests, column.Least?.TotalSeconds, column.Greatest?.TotalSeconds)));
    }

    [Fact]
    public void Refusals_last_until_it_is_quiet_and_blocks_until_it_is_asked_again()
    {
        var picture = Picture(Sum([At(0), At(1), At(2, 429), At(3, 429), .. Steady(5, 1, from: 12), At(17, 503)]));
        Assert.Equal([(2.0, 12.0, 2), (17.0, 17.04, 1)], picture.Refusals.Select(band => (band.From.TotalSeconds, band.To.TotalSeconds, band.Count)));
        Assert.Equal([(3.04, 12.0)], picture.Blocks.Select(band => (band.From.TotalSeconds, band.To.TotalSeconds)));
    }

    [Fact]
    public void Of_a_thousand_refusals_those_that_are_closest_become_one_and_none_is_left_out()
    {
        var sum = Sum(Enumerable.Range(0, 1_000).SelectMany(i => Steady(6, 1, from: i * 10 + i / 100 * 500).Prepend(At(Math.Max(0, i * 10 + i / 100 * 500 - 1), 429))));
        var refusals = Picture(sum).Refusals;
        Assert.Equal((1_000, 64), (sum.Refusals, refusals.Count));
        Assert.Equal(1_000, refusals.Sum(band => band.Count));
        Assert.All(refusals.Zip(refusals.Skip(1)), pair => Assert.True(pair.First.To <= pair.Second.From));
    }

    [Fact]
    public void A_hundred_thousand_requests_are_a_few_kilobytes() =>
        Assert.InRange(Sum(Steady(100_000, 0.05)).Picture!.Length, 1_000, 8_000);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2|50|||")]
    [InlineData("1|0|||")]
    [InlineData("1|50|1,2|||")]
    [InlineData("1|50|1,2,3,x,5||")]
    [InlineData("1|50|0,1,0,,|1,2|")]
    public void What_is_no_picture_is_none(string? text) => Assert.False(PictureText.TryRead(text, out _));

    [Fact]
    public void A_report_keeps_a_thousand_domains_and_the_pictures_of_a_hundred()
    {
        var most = new MostAsked();
        for (var i = 0; i < 5_000; i++) most.Add(Sum(Steady(1 + i % 7, 1)) with { Domain = DomainName.Of($"h{i:0000}.test", 80) });
        var ranked = most.Ranked();
        Assert.Equal((1_000, 100), (ranked.Count, ranked.Count(domain => domain.Picture is not null)));
        Assert.Equal(ranked.OrderByDescending(domain => domain.Requests).ThenBy(domain => domain.Domain.Value, StringComparer.Ordinal), ranked);
        Assert.Equal(("h0006.test", 7L), (ranked[0].Domain.Value, ranked[0].Requests));
    }
}
