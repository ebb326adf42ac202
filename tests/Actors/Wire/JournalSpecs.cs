using Amble.Behaviours.Crawl;
using Amble.Messages;
using Amble.Wire;
using Amble.Wire.Journal;
using Xunit;

namespace Amble.Actors.Specs.Wire;

/// <summary>What the journal holds of a domain, and what it never does.</summary>
public sealed class JournalSpecs
{
    private static readonly DomainName Name = DomainName.Of("a.test", 80);
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly DomainMemory Memory = new(
        Name, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(120), Now.AddSeconds(60), "it asked",
        TimeSpan.FromSeconds(16), Now.AddSeconds(-1), Now.AddSeconds(-9), Now.AddSeconds(-5), true);

    [Fact, Trait("Seeds", "P-16+")]
    public void All_that_a_new_owner_must_know_survives_the_journal_but_the_last_start_which_is_the_stores()
    {
        var (manifest, bytes) = Codec.Encode(DomainCaution.Of(Memory));
        var recalled = Assert.IsType<DomainEvent.Recalled>(((DomainCaution)Codec.Decode(manifest, bytes)).Recalled(Name));
        Assert.Equal(Memory with { LastStartAt = null }, recalled.Journal);
    }

    [Fact, Trait("Seeds", "P-16+")]
    public void Whatever_is_added_to_a_domains_memory_is_added_to_the_journal_too() => Assert.Equal(
        typeof(DomainMemory).GetProperties().Select(property => property.Name).Except([nameof(DomainMemory.Name), nameof(DomainMemory.LastStartAt)]).Order(),
        typeof(DomainCaution).GetProperties().Select(property => property.Name).Order());

    [Fact, Trait("Seeds", "P-16+")]
    public void A_domain_that_died_right_after_its_caution_comes_back_as_careful_from_a_row_that_knows_nothing()
    {
        var behaviour = new DomainBehaviour(new CrawlSettings());
        var reborn = behaviour.Apply(behaviour.Born(Name.Value), DomainCaution.Of(Memory).Recalled(Name));
        var awake = behaviour.Apply(behaviour.Apply(reborn, new DomainEvent.LoadingBegan()), new DomainEvent.Loaded(new(DomainMemory.Blank(Name), []), Now));
        Assert.True(awake.Pace is { Refused.TotalSeconds: 2, Held.TotalSeconds: 3, Slots: 1, GoodSinceRaise: false });
        Assert.Equal((TimeSpan.FromSeconds(4), Now.AddSeconds(60), Now.AddSeconds(4)), (awake.EffectiveDelay, awake.Pace.BlockedUntil, awake.RestUntil));
    }

    [Fact]
    public void A_caution_is_small() => Assert.InRange(Codec.Encode(DomainCaution.Of(Memory)).Bytes.Length, 1, 400);
}
