using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Runtime;
using Amble.Messages;
using Xunit;
using static Amble.Actors.Specs.Behaviours.Crawl.Answers;

namespace Amble.Actors.Specs.Behaviours.Crawl;

/// <summary>When a domain may go to sleep: not while sleep would make it forget what keeps it polite or lets it go on.</summary>
public sealed class DomainRestSpecs
{
    private static readonly DomainBehaviour _behaviour = new(new CrawlSettings());
    private DomainState _state = _behaviour.Born(Blank.Name.Value);
    private readonly List<Effect> _effects = [];

    [Theory, Trait("Seeds", "P-16+")]
    [InlineData(2)]
    [InlineData(55)]
    public void A_domain_that_rests_after_a_crash_does_not_go_to_sleep_before_it_has_rested(double delay)
    {
        var crashed = Blank with { Delay = Seconds(delay), LastStartAt = Epoch - Seconds(1_000), Awake = true };
        Take(new DomainProtocol.Wake(Blank.Name), Epoch);
        Take(new DomainWork.DomainLoaded(new DomainRead(crashed, [])), Epoch);
        Take(new DomainWork.WindowLoaded(new WindowRead([], [], null), 256), Epoch);
        Assert.Empty(Saved());
        Assert.Equal(Epoch + Seconds(delay), _effects.OfType<Effect.WakeAt>().Last().Instant);

        Take(new WakeUp(), Epoch + Seconds(delay));
        Assert.False(Assert.Single(Saved()).Memory.Awake);
    }

    [Fact, Trait("Seeds", "P-5")]
    public void A_domain_that_waits_for_a_long_delay_stays_awake_so_that_it_remembers_its_good_answers()
    {
        WaitWith(Blank with { Delay = Seconds(45), LastStartAt = Epoch - Seconds(1) });
        Assert.Empty(Saved());
        Assert.InRange(_effects.OfType<Effect.WakeAt>().Last().Instant, Epoch + Seconds(44), Epoch + Seconds(50));
    }

    [Fact]
    public void A_domain_that_is_blocked_for_longer_than_its_delay_sleeps()
    {
        WaitWith(Blank with { Delay = Seconds(45), LastStartAt = Epoch - Seconds(1), BlockedUntil = Epoch + Seconds(3_600), BlockReason = "The site asked for it." });
        Assert.False(Assert.Single(Saved()).Memory.Awake);
    }

    private void WaitWith(DomainMemory memory)
    {
        PageUrl.TryParse("https://site.example/", out var start, out _);
        var job = new JobSpec(new JobId(1), new NewJob(start!, JobLimits.None, 20, Unpaced: false, Warm: false));
        var unit = new Unit(new UnitKey(job.Id, new PageId(1)), UnitKind.Page, start!, 0, 0, 0, 0, Epoch, null);
        Take(new DomainProtocol.Wake(Blank.Name), Epoch);
        Take(new DomainWork.DomainLoaded(new DomainRead(memory, [])), Epoch);
        Take(new DomainWork.WindowLoaded(new WindowRead([unit], [job], null), 256), Epoch);
    }

    private IEnumerable<WriterProtocol.SaveMemory> Saved() =>
        _effects.OfType<Effect.Start>().Select(start => start.Work).OfType<DomainWork.Write>().Select(write => write.Command).OfType<WriterProtocol.SaveMemory>();

    private void Take(object message, DateTimeOffset now)
    {
        var decision = _behaviour.Decide(_state, message, now);
        foreach (var happened in decision.Events) _state = _behaviour.Apply(_state, happened);
        _effects.AddRange(decision.Effects);
    }
}
