using Amble.Behaviours.Owning;
using Amble.Behaviours.Ports;
using Amble.Local;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Local;

/// <summary>One node keeps its lease, or loses it for good (S-5).</summary>
[Trait("Seeds", "S-5")]
public sealed class LeasedOwnershipSpecs
{
    private static readonly DomainName Domain = DomainName.Of("a.test", 80);

    private readonly TestScheduler _scheduler = new();
    private readonly ScriptedLeases _table = new();
    private readonly LeasedOwnership _ownership;
    private readonly List<long> _lost = [];

    public LeasedOwnershipSpecs()
    {
        _ownership = new LeasedOwnership(_scheduler, _table, "a", LeaseSettings.Default);
        _ownership.Lost += _lost.Add;
        _ownership.Start();
        _scheduler.Settle();
    }

    [Fact]
    public void A_lease_that_is_renewed_is_held_on_and_on()
    {
        _scheduler.Advance(600);
        Assert.True(_ownership.Holds(1));
        Assert.Empty(_lost);
    }

    [Fact]
    public void Cut_off_from_the_table_it_stops_before_the_lease_ends_and_tells_once()
    {
        _scheduler.Advance(10);
        _table.IsGone = true;
        _scheduler.Advance(2.5);
        Assert.True(_ownership.Holds(1));
        _scheduler.Advance(1.5);
        Assert.False(_ownership.Holds(1));
        _scheduler.Advance(60);
        Assert.Equal([1L], _lost);
    }

    [Fact]
    public void When_the_table_is_back_it_takes_another_epoch_and_gives_up_the_one_before()
    {
        _table.IsGone = true;
        _scheduler.Advance(10);
        _table.IsGone = false;
        _scheduler.Advance(2);
        Assert.Equal(2, _ownership.Epoch);
        Assert.Equal([null, 1L], _table.Formers);
        Assert.False(_ownership.Holds(1));
        Assert.Equal(2, Assert.IsType<Claim.Granted>(_ownership.Claim(Domain)).Hold.Epoch);
    }

    [Fact]
    public void A_refused_renewal_is_the_end_of_the_epoch()
    {
        _table.Refuses = true;
        _scheduler.Advance(1);
        Assert.Equal([1L], _lost);
        Assert.False(_ownership.Holds(1));
    }

    [Fact]
    public void A_claim_whose_answer_was_lost_counts_as_a_move_when_it_is_granted_again()
    {
        _table.IsGone = true;
        Assert.Throws<StoreUnavailableException>(() => _ownership.Claim(Domain));
        _table.IsGone = false;
        Assert.True(Assert.IsType<Claim.Granted>(_ownership.Claim(Domain)).Moved);
        Assert.False(Assert.IsType<Claim.Granted>(_ownership.Claim(Domain)).Moved);
    }

    [Fact]
    public void A_claim_whose_answer_was_lost_is_given_back_in_case_nobody_asks_again()
    {
        _table.IsGone = true;
        Assert.Throws<StoreUnavailableException>(() => _ownership.Claim(Domain));
        _table.IsGone = false;
        _scheduler.Advance(2);
        Assert.Equal(_table.Claimed, _table.Released);
    }

    [Fact]
    public void A_domain_that_could_not_be_given_back_is_given_back_later()
    {
        var hold = Assert.IsType<Claim.Granted>(_ownership.Claim(Domain)).Hold;
        _table.IsGone = true;
        _ownership.Release(hold);
        _table.IsGone = false;
        Assert.Empty(_table.Released);
        _scheduler.Advance(2);
        Assert.Equal([hold], _table.Released);
    }

    [Fact]
    public void A_node_that_leaves_in_order_ends_its_lease_and_takes_no_other()
    {
        _ownership.End();
        _scheduler.Advance(60);
        Assert.Equal([1L], _table.Ended);
        Assert.False(_ownership.Holds(1));
        Assert.Null(_ownership.Epoch);
        Assert.IsType<Claim.Wait>(_ownership.Claim(Domain));
    }
}
