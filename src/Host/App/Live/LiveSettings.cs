using Amble.Behaviours.Runtime;

namespace Amble.App.Live;

/// <summary>How those who watch jobs are served.</summary>
public sealed record LiveSettings
{
    public static LiveSettings Default { get; } = new();

    /// <summary>Event streams that are open at once; who comes then is told to come back.</summary>
    public int Connections { get; init; } = 100;

    /// <summary>A job that somebody watches is looked at this often, however many do.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Where nothing happens, a comment tells that the stream is alive: proxies cut what is silent for a minute.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Visits of all jobs that one look goes through, the newest ones; for what is older there is a gap.</summary>
    public int MostRows { get; init; } = 10_000;

    /// <summary>Visits that are told at once to a watcher who is behind, the newest ones.</summary>
    public int MostVisits { get; init; } = 200;

    /// <summary>Everything that is wrong with these settings, at once; empty when all is well.</summary>
    public static IReadOnlyList<SettingProblem> Problems(LiveSettings s)
    {
        var checks = new SettingChecks("Live");
        checks.Between(nameof(Connections), s.Connections, 0, 10_000);
        checks.Between(nameof(LookEvery), s.LookEvery, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        checks.Between(nameof(KeepAlive), s.KeepAlive, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        checks.Between(nameof(MostRows), s.MostRows, 100, 1_000_000);
        checks.Between(nameof(MostVisits), s.MostVisits, 1, 10_000);
        return checks.Problems;
    }
}
