using Amble.Behaviours.Crawl;
using Amble.Messages;

namespace Amble.Simulation.Specs;

/// <param name="Turn">The writer's turns, counted over all lives of the process.</param>
/// <param name="Stored">The process dies after the commit, before anybody hears of it; else just before.</param>
internal sealed record DeathAtTurn(int Turn, bool Stored);

/// <param name="Kind">A command of a job's end or of a retry.</param>
/// <param name="Nth">The process dies at the turn that holds so many of them, from 1, counted over all lives of the process.</param>
/// <param name="Stored">As above.</param>
internal sealed record DeathAtStep(Type Kind, int Nth, bool Stored);

/// <summary>What a life is about beyond the usual.</summary>
internal enum LifeTheme
{
    Usual,
    /// <summary>After a while every request is refused for good (P-13+).</summary>
    Barren,
    /// <summary>The site asks to stay away for more than a day (P-12+).</summary>
    Away,
    /// <summary>Several jobs with limits of their own, on one domain and on others.</summary>
    Many,
}

/// <summary>A random life, drawn from its seed: sites with their manners, jobs with their limits, and when what goes wrong.</summary>
/// <param name="Stall">The disk does nothing from then on for so long (S-3).</param>
/// <param name="Trouble">The share of turns and reads that fail.</param>
/// <param name="Intake">Commands that the writer's intake holds.</param>
/// <param name="RetriesEnded">When all is over, the first job is opened again.</param>
internal sealed record LifePlan(
    int Seed, LifeTheme Theme, IReadOnlyDictionary<string, SimSite> Sites, IReadOnlyList<(DateTimeOffset At, NewJob Job)> Jobs,
    IReadOnlyList<DateTimeOffset> Deaths, IReadOnlyList<DeathAtTurn> DeathsAtTurns, (DateTimeOffset At, int Job)? Cancel, (DateTimeOffset From, TimeSpan For)? Stall,
    double Trouble, bool Unpaced, int Concurrency, int Intake, bool RetriesEnded, IReadOnlyList<DeathAtStep> DeathsAtSteps)
{
    private static readonly Type[] _steps =
    [
        typeof(WriterProtocol.BeginEnd), typeof(WriterProtocol.EndUnits), typeof(WriterProtocol.SaveReport), typeof(WriterProtocol.EndJob),
        typeof(WriterProtocol.ReopenUnits), typeof(WriterProtocol.DropReport), typeof(WriterProtocol.EndRetry),
    ];

    public static readonly DateTimeOffset Begin = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>How the domains are asked.</summary>
    public CrawlSettings Crawl { get; init; } = CrawlSettings.Default;

    /// <summary>Whether all jobs share one concurrency, as those of one command do; null leaves it to chance.</summary>
    public bool? SharesConcurrency { get; init; }

    /// <summary>A life that has not ended by then is judged as it is.</summary>
    public long MostSteps { get; init; } = 600_000;

    /// <summary>How often the waker and the judge look; a life of hours is not looked at every second.</summary>
    public TimeSpan LookEvery => TimeSpan.FromSeconds(Theme is LifeTheme.Away or LifeTheme.Barren ? 20 : 1);

    /// <summary>Jobs draw cards at their end.</summary>
    public bool Draws => IsDrawing(Seed);

    private static bool IsDrawing(int seed) => seed % 3 == 0;

    public static LifePlan Draw(int seed)
    {
        var chance = new Random(seed);
        var theme = chance.Next(40) switch { 0 => LifeTheme.Away, 1 => LifeTheme.Barren, < 8 => LifeTheme.Many, _ => LifeTheme.Usual };
        var unpaced = theme is LifeTheme.Usual or LifeTheme.Many && chance.Next(5) == 0;
        string[] hosts = theme == LifeTheme.Many
            ? ["a.test", "www.a.test", "b.test", "c.test", "gone.test"]
            : chance.Next(3) == 0 ? ["a.test", "www.a.test"] : ["a.test"];
        var sites = hosts.ToDictionary(h => h, h => SitePlan.Draw(h, hosts, chance, unpaced, theme));
        var concurrency = chance.Next(1, 12);
        var jobs = new List<(DateTimeOffset, NewJob)> { (Begin, Job(chance, unpaced, concurrency, "http://a.test/")) };
        if (chance.Next(4) == 0) jobs.Add((Begin.AddSeconds(chance.Next(60)), Job(chance, unpaced, concurrency, "http://a.test/p/1")));
        if (theme == LifeTheme.Many)
        {
            foreach (var start in new[] { "http://a.test/p/2", "http://b.test/", "http://c.test/p/1", "http://gone.test/" })
                jobs.Add((Begin.AddSeconds(chance.Next(40)), Job(chance, unpaced, concurrency, start)));
        }
        var deaths = Enumerable.Range(0, chance.Next(6) switch { 0 or 1 or 5 => 0, 2 => 1, 3 => 2, _ => 3 })
            .Select(_ => Begin.AddSeconds(chance.NextDouble() * (unpaced ? 1 : 60))).Order().ToArray();
        var deathsAtTurns = chance.Next(4) == 0
            ? Enumerable.Range(0, chance.Next(1, 4)).Select(_ => new DeathAtTurn(chance.Next(1, 60), chance.Next(2) == 0)).DistinctBy(d => d.Turn).ToArray()
            : [];
        (DateTimeOffset, int)? cancel = chance.Next(12) == 0 ? (Begin.AddSeconds(chance.NextDouble() * 30), 0) : null;
        (DateTimeOffset, TimeSpan)? stall = chance.Next(6) == 0 ? (Begin.AddSeconds(chance.NextDouble() * (unpaced ? 0.5 : 40)), TimeSpan.FromSeconds(10)) : null;
        return new LifePlan(
            seed, theme, sites, jobs, deaths, deathsAtTurns, cancel, stall, chance.Next(3) == 0 ? 0.1 : 0, unpaced, concurrency,
            chance.Next(3) == 0 ? 16 : 4096, chance.Next(6) == 0, [.. DrawDeathsAtSteps(chance), .. DeathsAtCards(seed)]);
    }

    private static DeathAtStep[] DrawDeathsAtSteps(Random chance) => chance.Next(3) > 0
        ? []
        : [.. Enumerable.Range(0, chance.Next(1, 4)).Select(_ => new DeathAtStep(_steps[chance.Next(_steps.Length)], chance.Next(1, 8), chance.Next(2) == 0))];

    // By the seed alone, so that lives without cards stay what they were.
    private static DeathAtStep[] DeathsAtCards(int seed) => IsDrawing(seed) && seed % 4 == 0
        ? [new DeathAtStep(seed % 8 == 0 ? typeof(WriterProtocol.SaveCard) : typeof(WriterProtocol.NameCards), 1 + seed % 5, seed % 2 == 0)] : [];

    private static NewJob Job(Random chance, bool unpaced, int concurrency, string start)
    {
        PageUrl.TryParse(start, out var url, out _);
        var limits = new JobLimits(chance.Next(5) == 0 ? chance.Next(1, 15) : null, chance.Next(6) == 0 ? chance.Next(0, 4) : null, [], chance.Next(6) == 0 ? ["/p/3*"] : []);
        return new NewJob(url!, limits, concurrency, unpaced, Warm: chance.Next(3) == 0);
    }
}
