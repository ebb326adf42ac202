using Amble.Behaviours.Runtime;

namespace Amble.Behaviours.Writing;

/// <summary>How much may wait for the writer, and how long a turn should be.</summary>
/// <param name="Entries">Commands that may wait, those of the turn under way among them. Fewer: a slow disk pauses the crawl earlier (S-3).</param>
/// <param name="Bytes">Roughly what they may hold in memory. Less: the same.</param>
/// <param name="Turn">What a turn aims not to go over. Longer: more commands share a commit, and an urgent one waits longer (S-2).</param>
public sealed record WriterQueueSettings(int Entries, long Bytes, TimeSpan Turn)
{
    public static WriterQueueSettings Default { get; } = new(4_096, 64L << 20, TimeSpan.FromMilliseconds(20));

    /// <summary>Everything that is wrong with these settings, at once; empty when all is well.</summary>
    public static IReadOnlyList<SettingProblem> Problems(WriterQueueSettings s)
    {
        var checks = new SettingChecks("Writer");
        checks.Between(nameof(Entries), s.Entries, 64, 1_000_000);
        checks.Between(nameof(Bytes), s.Bytes, 1L << 20, 16L << 30);
        checks.Between(nameof(Turn), s.Turn, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));
        return checks.Problems;
    }
}
