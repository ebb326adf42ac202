using Amble.Messages;

namespace Amble.Simulation.Specs.Nodes;

/// <summary>What befalls a node, or a domain, or the writer.</summary>
internal enum Trouble
{
    /// <summary>The process dies, and another is started on that node when it is over.</summary>
    Death,
    /// <summary>The process does nothing until it is over, then all that it missed.</summary>
    Freeze,
    /// <summary>The node reaches neither the store nor the leases nor its neighbours until it is over; the web it would reach.</summary>
    CutOff,
    /// <summary>A domain moves in order to the next node.</summary>
    HandOver,
    /// <summary>The writer freezes in the middle of a turn, and another is opened before it thaws, or just not.</summary>
    SecondWriter,
}

internal sealed record Befalls(DateTimeOffset At, Trouble What, int Node, TimeSpan For);

/// <summary>What is left out on purpose, so that it is known that the judge would see it.</summary>
public enum Omission
{
    Nothing,
    /// <summary>A node asks as if its lease lasted for ever.</summary>
    LookAtTheLease,
    /// <summary>A claim is granted though the former owner's lease lasts.</summary>
    WaitForTheFormerLease,
    /// <summary>A writer stores though another was opened since.</summary>
    TheWritersEpoch,
}

/// <summary>A random life of several nodes, drawn from its seed.</summary>
/// <param name="Ahead">How much each node's clock is ahead of the world's.</param>
/// <param name="Share">Of the leases' steps that fail; half of them were done all the same.</param>
internal sealed record NodesPlan(
    int Seed, IReadOnlyDictionary<string, SimSite> Sites, IReadOnlyList<NewJob> Jobs, IReadOnlyList<TimeSpan> Ahead, IReadOnlyList<Befalls> Troubles, double Share)
{
    /// <summary>Of the domains of a node that hands over, one in so many goes.</summary>
    public int HandsOverOneIn { get; init; } = 2;

    /// <summary>From the creation of one job to that of the next.</summary>
    public TimeSpan CreatesEvery { get; init; }

    /// <summary>How often each node looks for what is due.</summary>
    public TimeSpan WakeEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A life that has not ended by then is judged as it is.</summary>
    public long MostSteps { get; init; } = 400_000;

    public static NodesPlan Draw(int seed)
    {
        var chance = new Random(seed ^ 0x0D35);
        string[] hosts = ["a.test", "www.a.test", "b.test"];
        var sites = hosts.ToDictionary(h => h, h => SitePlan.Draw(h, hosts, chance, unpaced: false, LifeTheme.Many));
        NewJob[] jobs = [Job("http://a.test/", chance), Job("http://b.test/", chance)];
        var nodes = chance.Next(2, 4);
        var ahead = Enumerable.Range(0, nodes).Select(_ => TimeSpan.FromMilliseconds(chance.Next(-1_500, 1_500))).ToArray();
        var troubles = Enumerable.Range(0, chance.Next(1, 7))
            .Select(_ => new Befalls(
                LifePlan.Begin.AddSeconds(1 + chance.NextDouble() * 40), (Trouble)chance.Next(5), chance.Next(nodes), TimeSpan.FromSeconds(chance.NextDouble() * (chance.Next(3) == 0 ? 30 : 7))))
            .OrderBy(t => t.At).ToArray();
        return new NodesPlan(seed, sites, jobs, ahead, troubles, chance.Next(3) == 0 ? 0.1 : 0);
    }

    private static NewJob Job(string start, Random chance)
    {
        PageUrl.TryParse(start, out var url, out _);
        return new NewJob(url!, JobLimits.None, chance.Next(1, 12), Unpaced: false, Warm: false);
    }
}
