using Amble.Behaviours.Ports;
using Amble.Behaviours.Retention;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Retention;

public sealed class RetentionRuleSpecs
{
    private static readonly RetentionSettings _usual = RetentionSettings.Default;
    private static readonly DateTimeOffset _begin = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory, Trait("Seeds", "R-8+")]
    [InlineData("details", 71.9, false)]
    [InlineData("details", 72, true)]
    [InlineData("requests", 131.9, false)]
    [InlineData("requests", 132, true)]
    [InlineData("hits", 731.9, false)]
    [InlineData("hits", 732, true)]
    public void A_period_goes_when_its_last_row_has_expired(string family, double hours, bool goes) =>
        Assert.Equal(goes, Next(hours, [Of(family, 0)]) is RetentionStep.Drop { Early: false });

    [Fact, Trait("Seeds", "R-1")]
    public void A_period_in_which_an_unfinished_job_has_rows_stays() => Assert.Null(Next(1_000, [Of("details", 0) with { IsHeld = true }]));

    [Fact, Trait("Seeds", "R-9+")]
    public void A_disk_over_its_cap_sheds_the_oldest_details_first_then_the_oldest_of_the_rest_and_never_the_current_period()
    {
        StoredPeriod[] all = [Of("requests", 0), Of("details", 12), Of("requests", 12), Of("details", 24), Of("requests", 24) with { IsHeld = true }, Of("details", 36), Of("hits", 36)];
        var shed = new List<string>();
        var left = all.ToList();
        while (Next(40, left, disk: 76) is RetentionStep.Drop { Early: true } drop)
        {
            shed.Add($"{drop.Period.Family} {(drop.Period.BeginsAt - _begin).TotalHours}");
            left.Remove(drop.Period);
        }
        Assert.Equal(["details 12", "details 24", "requests 0", "requests 12", "requests 24"], shed);
        // What was under way at the end of a period may come to it for an hour.
        Assert.Null(Next(48.9, [Of("details", 36)], disk: 76));
        Assert.NotNull(Next(49, [Of("details", 36)], disk: 76));
        Assert.Null(Next(40, all, disk: 75));
        Assert.Null(Next(40, all, disk: null));
    }

    [Fact, Trait("Seeds", "R-1")]
    public void A_job_s_visits_go_when_the_last_has_expired_and_then_the_rest_of_it()
    {
        var job = new EndedJob(new JobId(7), _begin, _begin.AddHours(3), HasVisits: true);
        Assert.Null(Next(122.9, [], [job]));
        Assert.Equal(new RetentionStep.Visits(new JobId(7)), Next(123, [], [job]));
        Assert.Equal(new RetentionStep.Rest(new JobId(7)), Next(123, [], [job with { HasVisits = false }]));
    }

    [Fact, Trait("Seeds", "R-1")]
    public void Of_a_long_job_what_has_been_expired_for_a_period_goes_and_then_it_is_left_alone_for_another()
    {
        var job = new EndedJob(new JobId(7), _begin, _begin.AddHours(100), HasVisits: true);
        Assert.Null(Next(131.9, [], [job]));
        Assert.IsType<RetentionStep.Visits>(Next(132, [], [job]));
        var walked = new RetentionMemory(new Dictionary<JobId, DateTimeOffset> { [job.Job] = _begin.AddHours(12) }, RetentionMemory.Empty.Tables);
        Assert.Null(Next(143.9, [], [job], walked));
        Assert.IsType<RetentionStep.Visits>(Next(144, [], [job], walked));
        Assert.IsType<RetentionStep.Visits>(RetentionRule.Next(Stored([], [job]), RetentionMemory.Empty, null, _usual, _begin.AddHours(121), atOnce: true));
    }

    [Fact, Trait("Seeds", "R-5")]
    public void Lag_is_how_much_later_than_it_had_to_the_oldest_is_still_there()
    {
        var job = new EndedJob(new JobId(7), _begin, _begin.AddHours(3), HasVisits: true);
        Assert.Equal(TimeSpan.Zero, Lag(72, [Of("details", 0)], []));
        Assert.Equal(TimeSpan.FromHours(2), Lag(74, [Of("details", 0)], []));
        Assert.Equal(TimeSpan.FromHours(5), Lag(128, [], [job]));
        Assert.Equal(TimeSpan.Zero, Lag(1_000, [Of("details", 0) with { IsHeld = true }], []));
    }

    [Fact]
    public void Tables_of_an_earlier_version_are_walked_once_a_period_until_they_are_empty()
    {
        var stored = Stored([], []) with { HasFormerRequests = true };
        Assert.Equal(new RetentionStep.Former(FormerTable.Requests), RetentionRule.Next(stored, RetentionMemory.Empty, null, _usual, _begin));
        var walked = new RetentionMemory(RetentionMemory.Empty.Walked, new Dictionary<FormerTable, DateTimeOffset> { [FormerTable.Requests] = _begin });
        Assert.Null(RetentionRule.Next(stored, walked, null, _usual, _begin.AddHours(11.9)));
        Assert.NotNull(RetentionRule.Next(stored, walked, null, _usual, _begin.AddHours(12)));
    }

    private static StoredPeriod Of(string family, int begins) => new(family, begins, _begin.AddHours(begins), _begin.AddHours(begins + 12), 1, false, null);

    private static RetentionRead Stored(IReadOnlyList<StoredPeriod> periods, IReadOnlyList<EndedJob> jobs) => new(new JobId(0), periods, jobs, false, false);

    private static RetentionStep? Next(double hours, IReadOnlyList<StoredPeriod> periods, IReadOnlyList<EndedJob>? jobs = null, RetentionMemory? memory = null, double? disk = null) =>
        RetentionRule.Next(Stored(periods, jobs ?? []), memory ?? RetentionMemory.Empty, disk, _usual, _begin.AddHours(hours));

    private static TimeSpan Lag(double hours, IReadOnlyList<StoredPeriod> periods, IReadOnlyList<EndedJob> jobs) =>
        RetentionRule.Lag(Stored(periods, jobs), RetentionMemory.Empty, _usual, _begin.AddHours(hours));
}
