using Amble.Behaviours.Crawl;
using Amble.Behaviours.Jobs;
using Amble.Behaviours.Runtime;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours;

/// <summary>Who stays in memory without being awake is not looked for by the waker any more; so nobody does.</summary>
public sealed class SleepSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DomainName Domain = DomainName.Of("a.test", 80);
    private static readonly JobId Job = new(7);

    [Fact]
    public void A_sleeping_domain_that_is_told_of_a_jobs_end_sleeps_on()
    {
        var behaviour = new DomainBehaviour(new CrawlSettings());
        var decision = behaviour.Decide(behaviour.Born(Domain.Value), new DomainProtocol.DropJob(Domain, Job), Now);
        Assert.IsType<Effect.Sleep>(Assert.Single(decision.Effects));
    }

    [Fact]
    public void A_sleeping_domain_that_is_asked_how_it_does_answers_and_sleeps_on()
    {
        var behaviour = new DomainBehaviour(new CrawlSettings());
        var decision = behaviour.Decide(behaviour.Born(Domain.Value), new DomainProtocol.GetStatus(Domain), Now);
        Assert.Equal([typeof(Effect.Reply), typeof(Effect.Sleep)], decision.Effects.Select(e => e.GetType()));
    }

    [Fact]
    public void A_job_that_is_not_alive_is_not_kept_by_a_late_word()
    {
        var behaviour = new JobBehaviour();
        var decision = behaviour.Decide(behaviour.Born("7"), new JobProtocol.PendingReachedZero(Job), Now);
        Assert.IsType<Effect.Sleep>(Assert.Single(decision.Effects));
    }
}
