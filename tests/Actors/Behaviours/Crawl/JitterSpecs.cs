using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Crawl;

public sealed class JitterSpecs
{
    private static readonly DomainName A = DomainName.Of("a.test", 80);

    [Fact, Trait("Seeds", "P-18+")]
    public void A_roll_lies_between_0_and_1_and_a_replay_rolls_the_same()
    {
        for (var request = 0; request < 10_000; request++)
        {
            var roll = Jitter.Roll(A, request);
            Assert.InRange(roll, 0, 1);
            Assert.Equal(roll, Jitter.Roll(DomainName.FromStored("a.test"), request));
        }
    }

    [Fact]
    public void Rolls_are_spread_evenly_whatever_the_requests_number()
    {
        var tenths = new int[10];
        for (var request = 0; request < 10_000; request++) tenths[(int)(Jitter.Roll(A, request) * 9.999_999)]++;
        Assert.All(tenths, count => Assert.InRange(count, 850, 1150));
    }

    [Fact]
    public void Domains_do_not_roll_alike()
    {
        var alike = Enumerable.Range(0, 1_000).Count(n => Math.Abs(Jitter.Roll(A, n) - Jitter.Roll(DomainName.Of("b.test", 80), n)) < 0.01);
        Assert.InRange(alike, 0, 50);
    }
}
