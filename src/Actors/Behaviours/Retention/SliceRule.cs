namespace Amble.Behaviours.Retention;

/// <summary>
/// How large slices are and how far apart (SEEDS R-2). A slice has as many rows as fitted the time that a slice may take, at most a
/// quarter more than the one before and at least half: one that was quick because nothing had to reach the disk is followed by one that is
/// not. After a slice comes a pause, so that writes come in between: a short one while nobody else wants the writer, else one that leaves
/// retention 5 % of its time, up to 30 % as it falls behind or while the disk is too full. It may be longer where the disk has not settled
/// yet, but not so long that less than 5 % is left.
/// </summary>
public static class SliceRule
{
    public const int LeastRows = 20;
    public const int MostRows = 50_000;

    private const double MostGrowth = 1.25;
    private const double LeastShare = 0.05;
    private const double MostShare = 0.30;

    public static int Rows(int before, TimeSpan took, RetentionSettings s)
    {
        var fits = took > TimeSpan.Zero ? before * (s.Slice / took) : before * MostGrowth;
        return (int)Math.Clamp(Math.Clamp(fits, before / 2.0, before * MostGrowth), LeastRows, MostRows);
    }

    /// <param name="hadCompetition">Others used the writer since the slice before.</param>
    public static TimeSpan Pause(TimeSpan took, bool hadCompetition, TimeSpan lag, bool isTooFull, RetentionSettings s)
    {
        if (!hadCompetition) return s.Pause;
        var share = isTooFull ? MostShare : LeastShare + (MostShare - LeastShare) * Math.Clamp(lag / s.Period, 0, 1);
        var pause = Leaving(share, took);
        return pause > s.Pause ? pause : s.Pause;
    }

    /// <summary>After this a slice comes whether the disk has settled or not.</summary>
    public static TimeSpan MostPause(TimeSpan took) => Leaving(LeastShare, took);

    private static TimeSpan Leaving(double share, TimeSpan took) => took * (1 / share - 1);
}
