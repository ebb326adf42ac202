using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Runtime;
using Amble.Messages;
using Xunit;
using static Amble.Actors.Specs.Behaviours.Crawl.Answers;

namespace Amble.Actors.Specs.Behaviours.Crawl;

/// <summary>A domain whose former life ended in a crash may have asked just before: nothing may make it forget that before one whole delay has passed.</summary>
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

    private IEnumerable<WriterProtocol.SaveMemory> Saved() =>
        _effects.OfType<Effect.Start>().Select(start => start.Work).OfType<DomainWork.Write>().Select(write => write.Command).OfType<WriterProtocol.SaveMemory>();

    private void Take(object message, DateTimeOffset now)
    {
        var decision = _behaviour.Decide(_state, message, now);
        foreach (var happened in decision.Events) _state = _behaviour.Apply(_state, happened);
        _effects.AddRange(decision.Effects);
    }
}
