using Amble.Behaviours.Jobs;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Runtime;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Jobs;

public sealed class JobBehaviourSpecs
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly JobId Job = new(7);
    private static readonly DomainName Start = DomainName.Of("a.test", 80);

    /// <summary>A job's behaviour played by hand.</summary>
    private sealed class Script
    {
        private readonly JobBehaviour _behaviour = new();

        public Script() => Life = _behaviour.Born("7");

        public JobLife Life { get; private set; }
        public DateTimeOffset Now { get; set; } = Begin;
        public Decision Last { get; private set; }

        public Script Say(object message)
        {
            Last = _behaviour.Decide(Life, message, Now);
            foreach (var happened in Last.Events) Life = _behaviour.Apply(Life, happened);
            return this;
        }

        public Script TakenUp(JobState state = JobState.Running, long pending = 3, DateTimeOffset? resumeAt = null) => Say(new JobProtocol.TakeUp(Job, state, resumeAt, Start, pending));

        public IEnumerable<object> Told => Last.Effects.OfType<Effect.Tell>().Select(t => t.Command);
        public IEnumerable<IWork> Began => Last.Effects.OfType<Effect.Start>().Select(s => s.Work);
        public WriterProtocol.ICommand Written => Assert.IsType<JobWork.Write>(Assert.Single(Began)).Command;
        public DateTimeOffset? WakesAt => Last.Effects.OfType<Effect.WakeAt>().LastOrDefault()?.Instant;

        /// <summary>What it begins is answered until its end is to be stored.</summary>
        public Script Finishes(string? startProblem = null) =>
            Say(new WriterProtocol.EndBegun(Job, Life.Outcome, Life.Reason, 0)).Say(new JobWork.ReportWritten(startProblem));

        public Script Ended(JobState outcome) => Say(new WriterProtocol.JobEnded(Job, outcome));
    }

    [Fact]
    public void A_job_that_is_taken_up_wakes_its_first_domain_once()
    {
        var job = new Script().TakenUp();
        Assert.Equal(new DomainProtocol.Wake(Start), Assert.Single(job.Told));
        Assert.Equal(Decision.Nothing, job.TakenUp().Last);
    }

    [Fact]
    public void When_nothing_is_pending_it_finishes_writes_its_report_and_ends_completed()
    {
        var job = new Script().TakenUp().Say(new JobProtocol.PendingReachedZero(Job));
        Assert.Equal(new WriterProtocol.BeginEnd(Job, JobState.Completed, null, Begin), job.Written);
        job.Finishes();
        Assert.True(job.Written is WriterProtocol.EndJob { Outcome: JobState.Completed, Reason: null });
        Assert.Equal(JobPhase.Ending, job.Life.Phase);
    }

    [Fact]
    public void Pending_zero_twice_ends_once()
    {
        var job = new Script().TakenUp().Say(new JobProtocol.PendingReachedZero(Job));
        Assert.Equal(Decision.Nothing, job.Say(new JobProtocol.PendingReachedZero(Job)).Last);
        job.Finishes();
        Assert.Equal(Decision.Nothing, job.Say(new JobProtocol.PendingReachedZero(Job)).Last);
    }

    [Fact]
    public void A_job_whose_start_URL_was_never_answered_fails_with_the_reason()
    {
        var job = new Script().TakenUp().Say(new JobProtocol.PendingReachedZero(Job)).Finishes("There is no host named a.test.");
        Assert.True(job.Written is WriterProtocol.EndJob { Outcome: JobState.Failed, Reason: "There is no host named a.test." });
    }

    [Fact]
    public void A_finishing_job_tells_its_domains_to_drop_it_then_ends_what_is_open_slice_by_slice()
    {
        var other = DomainName.Of("www.a.test", 80);
        var job = new Script().TakenUp().Say(new JobProtocol.Cancel(Job)).Say(new WriterProtocol.EndBegun(Job, JobState.Cancelled, "Cancelled by request.", 3));
        job.Say(new JobWork.OpenDomainsLoaded([Start, other]));
        Assert.Equal([new DomainProtocol.DropJob(Start, Job), new DomainProtocol.DropJob(other, Job)], job.Told);
        Assert.Equal(new JobWork.LoadOpenUnits(Job, null, WriterProtocol.MostEnded), Assert.Single(job.Began));
        job.Say(new JobWork.UnitsLoaded([new PageId(4), new PageId(9)]));
        Assert.Equal([new PageId(4), new PageId(9)], Assert.IsType<WriterProtocol.EndUnits>(job.Written).Pages);
        Assert.Equal(new JobWork.LoadOpenUnits(Job, new PageId(9), WriterProtocol.MostEnded), Assert.Single(job.Say(new WriterProtocol.UnitsEnded(Job, 1)).Began));
        Assert.IsType<JobWork.WriteReport>(Assert.Single(job.Say(new JobWork.UnitsLoaded([])).Began));
    }

    [Fact]
    public void An_ended_job_sleeps()
    {
        var job = new Script().TakenUp().Say(new JobProtocol.Cancel(Job)).Finishes().Ended(JobState.Cancelled);
        Assert.Equal(JobPhase.Ended, job.Life.Phase);
        Assert.Contains(new Effect.Sleep(), job.Last.Effects);
    }

    [Fact, Trait("Seeds", "S-4")]
    public void After_a_crash_it_ends_as_it_was_stored_that_it_would()
    {
        var job = new Script().TakenUp(JobState.Finishing, 3);
        job.Say(new WriterProtocol.EndBegun(Job, JobState.Blocked, "No good answer.", 0)).Say(new JobWork.ReportWritten("There is no host named a.test."));
        Assert.Equal(new WriterProtocol.EndJob(Job, JobState.Blocked, "No good answer.", Begin), job.Written);
    }

    [Fact]
    public void A_retry_opens_units_slice_by_slice_drops_the_report_and_runs_the_job()
    {
        var job = new Script().TakenUp().Say(new JobProtocol.Cancel(Job)).Finishes().Ended(JobState.Cancelled).Say(new JobProtocol.Retry(Job));
        Assert.Equal(new JobWork.LoadRetryUnits(Job, null, WriterProtocol.MostReopened), Assert.Single(job.Began));
        Assert.Equal([new PageId(4)], Assert.IsType<WriterProtocol.ReopenUnits>(job.Say(new JobWork.UnitsLoaded([new PageId(4)])).Written).Pages);
        Assert.Equal(new JobWork.LoadRetryUnits(Job, new PageId(4), WriterProtocol.MostReopened), Assert.Single(job.Say(new WriterProtocol.UnitsReopened(Job, 1)).Began));
        Assert.IsType<WriterProtocol.DropReport>(job.Say(new JobWork.UnitsLoaded([])).Written);
        Assert.IsType<WriterProtocol.DropReport>(job.Say(new WriterProtocol.ReportDropped(Job, HasMore: true)).Written);
        Assert.Equal(new WriterProtocol.EndRetry(Job, Begin), job.Say(new WriterProtocol.ReportDropped(Job, HasMore: false)).Written);
        job.Say(new WriterProtocol.JobRetried(Job, 1, JobState.Running)).Say(new JobWork.OpenDomainsLoaded([Start]));
        Assert.Equal((JobPhase.Running, new DomainProtocol.Wake(Start)), (job.Life.Phase, Assert.Single(job.Told)));
    }

    [Fact]
    public void What_is_said_during_a_retry_is_done_after_it()
    {
        var job = Retrying().Say(new JobProtocol.Cancel(Job));
        Assert.Empty(job.Last.Effects);
        job.Say(new JobProtocol.GiveUp(Job, Start, "No good answer."));
        Assert.Equal(new JobProtocol.Cancel(Job), Assert.Single(Reopened(job).Told));
    }

    [Fact]
    public void A_retry_that_is_wished_for_while_the_job_ends_comes_after_its_end()
    {
        var job = new Script().TakenUp().Say(new JobProtocol.Cancel(Job)).Say(new JobProtocol.Retry(Job));
        Assert.Empty(job.Last.Effects);
        job.Say(new WriterProtocol.EndBegun(Job, JobState.Cancelled, null, 0)).Say(new JobWork.ReportWritten(null)).Ended(JobState.Cancelled);
        Assert.Equal(new JobProtocol.Retry(Job), Assert.Single(job.Told));
    }

    [Fact]
    public void A_retry_that_a_crash_met_goes_on_at_the_next_start()
    {
        var job = new Script().Say(new JobProtocol.TakeUp(Job, JobState.Finishing, null, Start, 3, JobState.Running));
        Assert.IsType<JobWork.LoadRetryUnits>(Assert.Single(job.Began));
    }

    [Fact]
    public void A_running_job_of_which_a_retry_finds_nothing_runs_on()
    {
        var job = Reopened(new Script().TakenUp().Say(new JobProtocol.Retry(Job)));
        Assert.Equal(JobPhase.Running, job.Life.Phase);
    }

    [Fact]
    public void A_job_that_was_drained_during_its_retry_ends()
    {
        var job = Retrying().Say(new JobProtocol.PendingReachedZero(Job)).Say(new JobWork.UnitsLoaded([])).Say(new WriterProtocol.ReportDropped(Job, false));
        Assert.IsType<WriterProtocol.BeginEnd>(job.Say(new WriterProtocol.JobRetried(Job, 0, JobState.Running)).Written);
    }

    private static Script Retrying() => new Script().TakenUp().Say(new JobProtocol.Retry(Job));

    private static Script Reopened(Script job) =>
        job.Say(new JobWork.UnitsLoaded([])).Say(new WriterProtocol.ReportDropped(Job, false)).Say(new WriterProtocol.JobRetried(Job, 3, JobState.Running));

    [Fact]
    public void A_cancelled_job_ends_as_cancelled_even_when_it_was_never_answered()
    {
        var job = new Script().TakenUp().Say(new JobProtocol.Cancel(Job)).Finishes("There is no host named a.test.");
        Assert.True(job.Written is WriterProtocol.EndJob { Outcome: JobState.Cancelled, Reason: "Cancelled by request." });
    }

    [Fact, Trait("Seeds", "P-13+")]
    public void A_domain_that_gave_up_ends_its_job_as_blocked_with_the_reason()
    {
        var job = new Script().TakenUp().Say(new JobProtocol.GiveUp(Job, Start, "No good answer.")).Finishes();
        Assert.True(job.Written is WriterProtocol.EndJob { Outcome: JobState.Blocked, Reason: "No good answer." });
    }

    [Fact, Trait("Seeds", "P-12+")]
    public void A_job_parks_and_resumes_at_the_instant()
    {
        var until = Begin.AddHours(25);
        var job = new Script().TakenUp().Say(new JobProtocol.Park(Job, Start, until, "The site asked."));
        Assert.Equal(new WriterProtocol.SetJobState(Job, JobState.Parked, "The site asked.", until, Begin), job.Written);
        Assert.Equal(until, job.WakesAt);
        job.Now = until.AddTicks(-1);
        Assert.Equal(Decision.Nothing, job.Say(new WakeUp()).Last);
        job.Now = until;
        job.Say(new WakeUp());
        Assert.Equal(new WriterProtocol.SetJobState(Job, JobState.Running, null, null, until), job.Written);
        Assert.Equal(new DomainProtocol.Wake(Start), Assert.Single(job.Told));
    }

    [Fact, Trait("Seeds", "P-12+")]
    public void A_parked_job_is_parked_still_after_a_restart()
    {
        var job = new Script().TakenUp(JobState.Parked, resumeAt: Begin.AddHours(3));
        Assert.Empty(job.Told);
        Assert.Equal((JobPhase.Parked, Begin.AddHours(3)), (job.Life.Phase, job.WakesAt));
    }

    [Fact]
    public void A_parked_job_can_be_cancelled_and_ends_when_its_last_commit_comes()
    {
        var parked = () => new Script().TakenUp(JobState.Parked, resumeAt: Begin.AddHours(3));
        Assert.IsType<WriterProtocol.BeginEnd>(parked().Say(new JobProtocol.Cancel(Job)).Written);
        Assert.Equal(JobPhase.Finishing, parked().Say(new JobProtocol.PendingReachedZero(Job)).Life.Phase);
    }

    [Theory]
    [InlineData(JobState.Finishing, 0)]
    [InlineData(JobState.Running, 0)]
    public void After_a_crash_with_nothing_left_to_do_it_finishes(JobState stored, long pending)
    {
        var job = new Script().TakenUp(stored, pending);
        Assert.IsType<WriterProtocol.BeginEnd>(job.Written);
    }

    [Fact]
    public void A_report_that_cannot_be_made_is_made_a_second_later()
    {
        var job = new Script().TakenUp().Say(new JobProtocol.Cancel(Job)).Say(new WriterProtocol.EndBegun(Job, JobState.Cancelled, null, 0));
        job.Say(new WorkFailed(new JobWork.WriteReport(Job), "It is busy."));
        Assert.Equal(Begin.AddSeconds(1), job.WakesAt);
        Assert.Empty(job.Began);
        Assert.IsType<JobWork.WriteReport>(Assert.Single(job.Say(new WakeUp()).Began));
        Assert.Empty(job.Say(new WakeUp()).Began);
    }

    [Fact]
    public void An_ended_job_that_is_opened_again_runs_and_can_end_otherwise()
    {
        var job = new Script().TakenUp().Say(new JobProtocol.Cancel(Job)).Finishes().Ended(JobState.Cancelled).TakenUp();
        Assert.Equal(JobPhase.Running, job.Life.Phase);
        job.Say(new JobProtocol.PendingReachedZero(Job)).Finishes();
        Assert.True(job.Written is WriterProtocol.EndJob { Outcome: JobState.Completed, Reason: null });
    }

    [Theory]
    [InlineData(JobState.Completed)]
    [InlineData(JobState.Blocked)]
    [InlineData(JobState.Cancelled)]
    public void A_job_that_has_ended_is_not_taken_up(JobState stored) => Assert.Equal(Decision.Nothing, new Script().TakenUp(stored, 0).Last);

    [Fact]
    public void A_rejected_command_is_a_surprise() =>
        Assert.Throws<InvalidOperationException>(() => new Script().TakenUp().Say(new WriterProtocol.Rejected(new WriterProtocol.SetJobState(Job, JobState.Running, null, null, Begin), "no")));
}
