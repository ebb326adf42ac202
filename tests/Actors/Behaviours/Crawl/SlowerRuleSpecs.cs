using Amble.Behaviours.Crawl;
using Amble.Messages;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using static Amble.Actors.Specs.Behaviours.Crawl.DomainScript;

namespace Amble.Actors.Specs.Behaviours.Crawl;

/// <summary>Who takes a domain over is never faster than what its journal or its row knew.</summary>
[Trait("Seeds", "P-16+")]
public sealed class SlowerRuleSpecs
{
    private static readonly PaceSettings S = PaceSettings.Default;
    private static readonly DomainMemory Blank = DomainMemory.Blank(Name);
    private static readonly Arbitrary<int[]> Numbers = Gen.Choose(0, int.MaxValue - 1).ArrayOf(60).ToArbitrary();

    [Theory]
    [InlineData(500, 2500, 2500)]
    [InlineData(2500, 500, 2500)]
    [InlineData(null, 500, 2000)]
    [InlineData(3000, null, 3000)]
    [InlineData(null, null, null)]
    public void The_longer_delay_wins_and_one_never_crawled_counts_with_its_warm_up(int? journal, int? row, int? slower) =>
        Assert.Equal(Ms(slower), Of(Blank with { Delay = Ms(journal) }, Blank with { Delay = Ms(row) }).Delay);

    [Theory]
    [InlineData(800, 900, 900)]
    [InlineData(900, 800, 900)]
    [InlineData(800, null, 4000)]
    [InlineData(null, 5000, 5000)]
    [InlineData(null, null, null)]
    public void The_longer_held_delay_wins_and_one_who_holds_none_counts_with_where_it_begins(int? journal, int? row, int? slower) =>
        Assert.Equal(Ms(slower), Of(Blank with { Delay = Ms(4000), Held = Ms(journal) }, Blank with { Delay = Ms(4000), Held = Ms(row) }).Held);

    [Theory]
    [InlineData(800, 900, 900)]
    [InlineData(800, null, 800)]
    [InlineData(null, 900, 900)]
    [InlineData(null, null, null)]
    public void A_refused_delay_is_known_if_either_knows_it(int? journal, int? row, int? slower) =>
        Assert.Equal(Ms(slower), Of(Blank with { Refused = Ms(journal) }, Blank with { Refused = Ms(row) }).Refused);

    [Fact]
    public void The_longer_waits_win()
    {
        var slower = Of(Blank with { ProbeWait = TimeSpan.FromSeconds(240), BlockStep = null }, Blank with { BlockStep = TimeSpan.FromSeconds(16) });
        Assert.Equal(TimeSpan.FromSeconds(240), slower.ProbeWait);
        Assert.Equal(TimeSpan.FromSeconds(16), slower.BlockStep);
    }

    [Theory]
    [InlineData(10, 20, 20, "row")]
    [InlineData(20, 10, 20, "journal")]
    [InlineData(20, null, 20, "journal")]
    [InlineData(null, 10, 10, "row")]
    public void The_later_block_wins_and_brings_its_reason(int? journal, int? row, int until, string reason)
    {
        var slower = Of(Blank with { BlockedUntil = At(journal), BlockReason = "journal" }, Blank with { BlockedUntil = At(row), BlockReason = "row" });
        Assert.Equal((At(until), reason), (slower.BlockedUntil, slower.BlockReason));
    }

    [Theory]
    [InlineData(null, 5, 5)]
    [InlineData(9, 5, 9)]
    [InlineData(9, null, 9)]
    public void The_later_start_wins(int? journal, int? row, int slower) =>
        Assert.Equal(At(slower), Of(Blank with { LastStartAt = At(journal) }, Blank with { LastStartAt = At(row) }).LastStartAt);

    [Theory]
    [InlineData(10, 20, null, null, 10)]
    [InlineData(20, null, null, null, 20)]
    [InlineData(10, 20, 15, null, 20)]
    [InlineData(10, null, null, 30, null)]
    public void Barren_since_the_earlier_unless_a_good_answer_came_after_it(int? journal, int? row, int? journalGood, int? rowGood, int? since) =>
        Assert.Equal(At(since), Of(
            Blank with { BarrenSince = At(journal), LastGoodAt = At(journalGood) }, Blank with { BarrenSince = At(row), LastGoodAt = At(rowGood) }).BarrenSince);

    [Fact]
    public void It_is_awake_if_either_is()
    {
        Assert.True(Of(Blank with { Awake = true }, Blank).Awake);
        Assert.True(Of(Blank, Blank with { Awake = true }).Awake);
        Assert.False(Of(Blank, Blank).Awake);
    }

    [Fact]
    public void What_both_say_is_said() => Prop.ForAll(Numbers, numbers =>
    {
        var memory = Memory(numbers, 0);
        return Of(memory, memory) == memory with { BarrenSince = memory.BarrenSince > memory.LastGoodAt || memory.LastGoodAt is null ? memory.BarrenSince : null };
    }).QuickCheckThrowOnFailure();

    // Below its held delay the climb decides (P-5), whose steps do not keep the order: 922 ms goes to 500 while 821 ms goes to its held 559.
    [Fact]
    public void Recovered_it_is_never_faster_than_either_would_have_been_until_it_climbs_or_a_probe_is_due() => Prop.ForAll(Numbers, numbers =>
    {
        var (journal, row) = (Memory(numbers, 0), Memory(numbers, 12));
        var now = Begin.AddMinutes(30);
        var (slower, one, other) = (Pace.Recover(Of(journal, row), S, now), Pace.Recover(journal, S, now), Pace.Recover(row, S, now));
        foreach (var number in numbers[24..])
        {
            if (slower.Delay < slower.Held) return true;
            if (!IsNoFaster(slower, one) || !IsNoFaster(slower, other)) return false;
            now += S.HoldFor / numbers.Length;
            var answer = new Answer(number % 8 == 0 ? AnswerKind.Error : AnswerKind.Good, now, null);
            (slower, one, other) = (PaceRule.After(slower, answer, now, S), PaceRule.After(one, answer, now, S), PaceRule.After(other, answer, now, S));
        }
        return true;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void A_caution_played_back_wakes_nobody_and_slows_the_domain_when_it_is_read()
    {
        var behaviour = new DomainBehaviour(new CrawlSettings());
        var raised = Blank with { Delay = TimeSpan.FromSeconds(4), BlockedUntil = Begin.AddSeconds(20), BlockReason = "it asked", Awake = true };
        foreach (var played in new DomainEvent[] { new DomainEvent.Recalled(raised), new DomainEvent.Cautioned(raised, Pace.Recover(raised, S, Begin)) })
        {
            var reborn = behaviour.Apply(behaviour.Born(Name.Value), played);
            Assert.True(reborn is { Phase: DomainPhase.Asleep, Pace: null });
            var loading = behaviour.Apply(reborn, new DomainEvent.LoadingBegan());
            var row = Blank with { Delay = TimeSpan.FromMilliseconds(500), LastStartAt = Begin.AddSeconds(-1) };
            var awake = behaviour.Apply(loading, new DomainEvent.Loaded(new(row, [NoRules]), Begin));
            Assert.Equal(TimeSpan.FromSeconds(4), awake.EffectiveDelay);
            Assert.Equal((Begin.AddSeconds(20), "it asked"), (awake.Pace!.BlockedUntil, awake.Pace.BlockReason));
            Assert.Equal((Begin.AddSeconds(4), Begin.AddSeconds(-1)), (awake.RestUntil, awake.Memory.LastStartAt));
            Assert.Null(awake.Journal);
        }
    }

    [Fact]
    public void A_load_that_fails_forgets_no_caution()
    {
        var behaviour = new DomainBehaviour(new CrawlSettings());
        var state = behaviour.Apply(behaviour.Born(Name.Value), new DomainEvent.Recalled(Blank with { Delay = TimeSpan.FromSeconds(4) }));
        state = behaviour.Apply(behaviour.Apply(state, new DomainEvent.LoadingBegan()), new DomainEvent.LoadingFailed());
        Assert.Equal(TimeSpan.FromSeconds(4), state.Journal?.Delay);
    }

    private static bool IsNoFaster(Pace slower, Pace than) =>
        slower.Delay >= than.Delay && slower.Slots <= than.Slots && (than.BlockedUntil is not { } until || slower.BlockedUntil >= until);

    private static DomainMemory Of(DomainMemory journal, DomainMemory row) => SlowerRule.Of(journal, row, S);

    private static TimeSpan? Ms(int? milliseconds) => milliseconds is { } ms ? TimeSpan.FromMilliseconds(ms) : null;

    private static DateTimeOffset? At(int? seconds) => seconds is { } s ? Begin.AddSeconds(s) : null;

    // Each number is one field: a third of them are not known, and a delay is as often short as long.
    private static DomainMemory Memory(int[] numbers, int at)
    {
        int? Known(int field, int most) => numbers[at + field] % 3 == 0 ? null : numbers[at + field] / 3 % (numbers[at + field] % 2 == 0 ? most : most / 20);
        return new DomainMemory(
            Name, Ms(Known(0, 20_000)), Ms(Known(1, 20_000)), Ms(Known(2, 20_000)), TimeSpan.FromSeconds(60 << (numbers[at + 3] % 5)),
            At(Known(4, 4000)), Known(5, 100)?.ToString(), Ms(Known(6, 60_000)), At(Known(7, 4000)), At(Known(8, 4000)), At(Known(9, 4000)), numbers[at + 10] % 2 == 0);
    }
}
