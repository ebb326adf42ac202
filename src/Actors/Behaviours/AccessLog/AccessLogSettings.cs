using Amble.Behaviours.Runtime;

namespace Amble.Behaviours.AccessLog;

/// <summary>How much of the access log may wait, and in which batches it is stored (A-2, A-4, A-6, A-9+, A-10+).</summary>
/// <param name="Batch">So many hits are stored at once as soon as they are there. Fewer: more turns of the writer.</param>
/// <param name="BatchMost">What a batch may grow to while the store is behind. More: fewer turns, each longer.</param>
/// <param name="Within">A hit waits at most this long for others. Longer: fewer turns, and kill −9 loses more.</param>
/// <param name="Entries">Hits that may wait. Fewer: a stall of the store drops sooner.</param>
/// <param name="Bytes">Roughly the memory that they may hold. Less: the same.</param>
/// <param name="ReservedShare">Of that room, kept for answers of status 500 and beyond. More: others are dropped sooner.</param>
/// <param name="Drain">How long a stop waits for the store. Longer: a stop beside a dead store takes longer, and less is lost.</param>
/// <param name="Client">What is kept of an address: truncated, hashed or none. See <see cref="KeptClientRule"/>.</param>
public sealed record AccessLogSettings(int Batch, int BatchMost, TimeSpan Within, int Entries, long Bytes, double ReservedShare, TimeSpan Drain, string Client)
{
    public static AccessLogSettings Default { get; } =
        new(128, 4_096, TimeSpan.FromSeconds(2), 65_536, 64L << 20, 0.125, TimeSpan.FromSeconds(5), KeptClientRule.Truncated);

    /// <summary>Everything that is wrong with these settings, at once; empty when all is well.</summary>
    public static IReadOnlyList<SettingProblem> Problems(AccessLogSettings s)
    {
        var checks = new SettingChecks("AccessLog");
        checks.Between(nameof(Batch), s.Batch, 1, 4_096);
        checks.Between(nameof(BatchMost), s.BatchMost, s.Batch, 16_384, leastBy: nameof(Batch));
        checks.Between(nameof(Within), s.Within, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1));
        checks.Between(nameof(Entries), s.Entries, s.BatchMost, AdmissionRule.MostEntries, leastBy: nameof(BatchMost));
        checks.Between(nameof(Bytes), s.Bytes, 1L << 20, 16L << 30);
        checks.Between(nameof(ReservedShare), s.ReservedShare, 0, 0.5);
        checks.Between(nameof(Drain), s.Drain, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        checks.Text(nameof(Client), s.Client, s.Client is KeptClientRule.Truncated or KeptClientRule.Hashed or KeptClientRule.None, KeptClientRule.Allowed);
        return checks.Problems;
    }
}
