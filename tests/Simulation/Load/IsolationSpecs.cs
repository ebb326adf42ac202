using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Simulation.Specs.Load;

/// <summary>One domain that never answers costs its own slots and nobody else's time (P-19+), in virtual time on the whole runtime.</summary>
[Trait("Seeds", "P-19+")]
public sealed class IsolationSpecs(ITestOutputHelper output)
{
    private const double MostSlower = 0.05;

    [Fact]
    public void One_hanging_domain_among_four_hundred_slows_the_others_by_at_most_5_percent() => Compare(400, 5);

    // So many want more than the command may have in flight: the slot that hangs is missed by all.
    [Fact, Trait("Run", "Long")]
    public void One_hanging_domain_among_a_thousand_slows_the_others_by_at_most_5_percent() => Compare(1_000, 20);

    private void Compare(int domains, int pages)
    {
        var (calm, hanging) = (Rate(domains, pages, hanging: false), Rate(domains, pages, hanging: true));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"told: {domains} domains in simulation: {calm:0.0} requests a second of all but one, {hanging:0.0} while that one hangs ({(hanging / calm - 1) * 100:0.0} %)"));
        Assert.InRange(hanging, (1 - MostSlower) * calm, (1 + MostSlower) * calm);
    }

    // Of the domains that answer, until the last of them is done.
    private static double Rate(int domains, int pages, bool hanging)
    {
        using var life = new SimulatedLife(LoadPlan.Calm(domains, pages, hanging));
        life.Live();
        Assert.Empty(LifeJudge.Judge(life));
        var first = life.Plan.Sites.Values.First();
        var arrivals = life.Plan.Sites.Values.Where(site => site != first).SelectMany(site => site.Arrivals).ToList();
        Assert.Equal(hanging, first.Arrivals.Any(a => a.Status == -1));
        return arrivals.Count / (arrivals.Max(a => a.AnsweredAt) - LifePlan.Begin).TotalSeconds;
    }
}
