namespace Amble.Behaviours.Crawl;

/// <summary>What the domain tells its jobs when the site will not have them.</summary>
public abstract record GiveUpVerdict
{
    private GiveUpVerdict() { }

    /// <summary>The job ends as blocked, its open URLs unknown.</summary>
    public sealed record GiveUp(string Reason) : GiveUpVerdict;

    /// <summary>The job waits until then; it resumes where it was.</summary>
    public sealed record Park(DateTimeOffset Until, string Reason) : GiveUpVerdict;
}

/// <summary>
/// When a job stops asking, in words: a block longer than a day (only a site's own Retry-After is that long) parks the job until it ends
/// (P-12+). A domain that was asked and gave no good answer for 30 minutes (<c>crawl</c>) or 24 hours (<c>serve</c>) ends its job (P-13+).
/// Where a Retry-After, heard before that time was over, reaches beyond it, the site is asked once more at its end: it said when to come,
/// and who comes then is told. Nobody gives up who has not asked since it was taken up: the time may have passed while nobody did.
/// </summary>
public static class GiveUpRule
{
    /// <summary>Null: go on.</summary>
    public static GiveUpVerdict? Judge(Pace pace, PaceSettings s, DateTimeOffset now)
    {
        if (pace.BlockedUntil is { } until && until - now > s.ParkBeyond)
            return new GiveUpVerdict.Park(until, "The site asked us to stay away (Retry-After)");
        return pace is { BarrenSince: { } since, LastInVainAt: not null } && now - since >= s.GiveUpAfter && !IsToComeAgain(pace, since + s.GiveUpAfter)
            ? new GiveUpVerdict.GiveUp($"No good answer since {since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC{(pace.BlockReason is { } why ? $"; {why}" : "")}.")
            : null;
    }

    private static bool IsToComeAgain(Pace pace, DateTimeOffset over) =>
        pace.BlockReason == PaceRule.Told && pace.BlockedUntil > over && !(pace.LastInVainAt >= over);

    /// <summary>When <see cref="Judge"/> must be asked again although no answer comes; null while the site answers well.</summary>
    public static DateTimeOffset? AskAgainAt(Pace pace, PaceSettings s) => pace.BarrenSince + s.GiveUpAfter;
}
