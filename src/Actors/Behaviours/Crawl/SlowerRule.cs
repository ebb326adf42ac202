using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>
/// Recovery takes the slower of journal and domain row (P-16+), field by field, because nobody can tell which of them is newer:
/// <para>The longer delay; a domain never crawled counts with its warm-up. A refused delay if either knows one, the longer if both do; the
/// longer wait before a probe. The longer held delay; who holds none counts with the delay that it would begin at, so that the other's held
/// delay is no short way down.</para>
/// <para>The later block with its reason, the longer rest, the later last start; awake if either is.</para>
/// <para>The last good answer is the later one: it did come. Barren since the earlier of both, if no good answer is known after it.</para>
/// </summary>
public static class SlowerRule
{
    /// <summary>Never faster than either; the name is the row's.</summary>
    public static DomainMemory Of(DomainMemory journal, DomainMemory row, PaceSettings s)
    {
        var journalBlocks = journal.BlockedUntil > (row.BlockedUntil ?? DateTimeOffset.MinValue);
        var good = Latest(journal.LastGoodAt, row.LastGoodAt);
        return row with
        {
            Delay = journal.Delay is null && row.Delay is null ? null : Longest(journal.Delay ?? s.WarmUp, row.Delay ?? s.WarmUp),
            Held = journal.Held is null && row.Held is null ? null : Longest(HeldOrBegin(journal, s), HeldOrBegin(row, s)),
            Refused = Longest(journal.Refused, row.Refused),
            ProbeWait = PaceRule.Longest(journal.ProbeWait, row.ProbeWait),
            BlockedUntil = journalBlocks ? journal.BlockedUntil : row.BlockedUntil,
            BlockReason = journalBlocks ? journal.BlockReason : row.BlockReason,
            BlockStep = Longest(journal.BlockStep, row.BlockStep),
            LastStartAt = Latest(journal.LastStartAt, row.LastStartAt),
            LastGoodAt = good,
            BarrenSince = Earliest(Since(journal.BarrenSince, good), Since(row.BarrenSince, good)),
            Awake = journal.Awake || row.Awake,
        };
    }

    private static TimeSpan? HeldOrBegin(DomainMemory memory, PaceSettings s) =>
        memory.Held ?? PaceRule.Between(PaceRule.Longest(memory.Delay ?? s.WarmUp, s.Floor), s.Fastest, s.Cap);

    private static DateTimeOffset? Since(DateTimeOffset? barren, DateTimeOffset? good) => barren <= good ? null : barren;

    private static TimeSpan? Longest(TimeSpan? a, TimeSpan? b) => a is null || b > a ? b : a;
    private static DateTimeOffset? Latest(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;
    private static DateTimeOffset? Earliest(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;
}
