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

        public Script Finishes(string? startProblem = null)
        {
            if (Life.Outcome == JobState.Completed) Say(new WriterProtocol.JobStateSet(Job, JobState.Finishing));
            Assert.IsType<JobWork.LoadEnding>(Assert.Single(Began));
            return Say(new JobWork.EndingLoaded(new JobEnding([], startProblem)));
        }
    }

    [Fact]
    public void A_job_that_is_taken_up_wakes_its_first_domain_once()
    {
        var job = new Script().TakenUp();
        Assert.Equal(new DomainProtocol.Wake(Start), Assert.Single(job.Told));
        Assert.Equal(Decision.Nothing, job.TakenUp().Last);
    }

    [Fact]
    public void When_nothing_is_pending_it_finishes_reads_its_ending_and_ends_completed()
    {
        var job = new Script().TakenUp().Say(new JobProtocol.PendingReachedZero(Job));
        Assert.Equal(new WriterProtocol.SetJobState(Job, JobState.Finishing, null, null, Begin), job.Written);
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
    public void An_ended_job_tells_its_domains_to_drop_it_and_sleeps()
    {
        var other = DomainName.Of("www.a.test", 80);
        var job = new Script().TakenUp().Say(new JobProtocol.Cancel(Job)).Finishes();
        job.Say(new WriterProtocol.JobEnded(Job, JobState.Cancelled, [Start, other]));
        Assert.Equal([new DomainProtocol.DropJob(Start, Job), new DomainProtocol.DropJob(other, Job)], job.Told);
        Assert.Contains(new Effect.Sleep(), job.Last.Effects);
    }

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
        Assert.IsType<JobWork.LoadEnding>(Assert.Single(parked().Say(new JobProtocol.Cancel(Job)).Began));
        Assert.Equal(JobPhase.Finishing, parked().Say(new JobProtocol.PendingReachedZero(Job)).Life.Phase);
    }

    [Theory]
    [InlineData(JobState.Finishing, 0)]
    [InlineData(JobState.Running, 0)]
    public void After_a_crash_with_nothing_left_to_do_it_finishes(JobState stored, long pending)
    {
        var job = new Script().TakenUp(stored, pending);
        Assert.True(job.Written is WriterProtocol.SetJobState { State: JobState.Finishing });
    }

    [Fact]
    public void An_ending_that_cannot_be_read_is_read_again_a_second_later()
    {
        var job = new Script().TakenUp().Say(new JobProtocol.Cancel(Job)).Say(new WorkFailed(new JobWork.LoadEnding(Job), "It is busy."));
        Assert.Equal(Begin.AddSeconds(1), job.WakesAt);
        Assert.Empty(job.Began);
        Assert.IsType<JobWork.LoadEnding>(Assert.Single(job.Say(new WakeUp()).Began));
    }

    [Fact]
    public void An_ended_job_that_is_opened_again_runs_and_can_end_otherwise()
    {
        var job = new Script().TakenUp().Say(new JobProtocol.Cancel(Job)).Finishes().Say(new WriterProtocol.JobEnded(Job, JobState.Cancelled, [])).TakenUp();
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
