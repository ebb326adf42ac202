using Amble.Local;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Local;

[Trait("Seeds", "S-3")]
public sealed class PermitsSpecs
{
    private static readonly JobId A = new(1);
    private static readonly JobId B = new(2);

    private readonly List<string> _granted = [];
    private bool _hasRoom = true;

    private Permits Own() => new(null, () => _hasRoom);

    private Permits Shared(int concurrency) => new(concurrency, () => _hasRoom);

    private void Ask(Permits permits, JobId job, int times, int concurrency = 3)
    {
        for (var n = 1; n <= times; n++)
        {
            var name = $"{job}.{n}";
            permits.Ask(job, concurrency, () => _granted.Add(name));
        }
    }

    [Fact]
    public void A_job_has_at_most_its_concurrency_in_flight()
    {
        var permits = Own();
        Ask(permits, A, 10);
        Assert.Equal((3, 3), (_granted.Count, permits.InFlight));
        permits.EndFlight(A);
        Assert.Equal((4, 3, 4), (_granted.Count, permits.InFlight, permits.InHand));
    }

    [Fact]
    public void A_job_has_at_most_twice_its_concurrency_in_hand()
    {
        var permits = Own();
        Ask(permits, A, 10);
        for (var n = 0; n < 6; n++) permits.EndFlight(A);
        Assert.Equal((6, 0, 6), (_granted.Count, permits.InFlight, permits.InHand));
        permits.EmptyHand(A);
        Assert.Equal((7, 1, 6), (_granted.Count, permits.InFlight, permits.InHand));
    }

    [Fact]
    public void Each_job_has_its_own_bound_unless_one_is_shared()
    {
        Ask(Own(), A, 5);
        Ask(Own(), B, 5);
        Assert.Equal(6, _granted.Count);
        _granted.Clear();
        var shared = Shared(4);
        Ask(shared, A, 3, concurrency: 100);
        Ask(shared, B, 3, concurrency: 100);
        Assert.Equal(["1.1", "1.2", "1.3", "2.1"], _granted);
    }

    [Fact]
    public void First_come_first_served()
    {
        var permits = Shared(1);
        foreach (var name in new[] { "first", "second", "third" }) permits.Ask(name == "second" ? B : A, 1, () => _granted.Add(name));
        Assert.Equal(["first"], _granted);
        permits.EndFlight(A);
        permits.EmptyHand(A);
        Assert.Equal(["first", "second"], _granted);
        permits.EndFlight(B);
        permits.EmptyHand(B);
        Assert.Equal(["first", "second", "third"], _granted);
    }

    [Fact]
    public void A_permit_given_back_unused_is_the_next_ones()
    {
        var permits = Shared(1);
        permits.Ask(A, 1, () =>
        {
            _granted.Add("unused");
            permits.EndFlight(A);
            permits.EmptyHand(A);
        });
        permits.Ask(B, 1, () => _granted.Add("used"));
        Assert.Equal(["unused", "used"], _granted);
        Assert.Equal((1, 1), (permits.InFlight, permits.InHand));
    }

    [Fact]
    public void Nobody_gets_a_permit_while_the_writer_has_no_room()
    {
        var permits = Own();
        _hasRoom = false;
        Ask(permits, A, 2);
        Assert.Empty(_granted);
        _hasRoom = true;
        Assert.Empty(_granted);
        permits.Grant();
        Assert.Equal(2, _granted.Count);
    }

    [Fact]
    public void What_waited_for_room_comes_for_every_job_once_there_is_some_and_for_none_beyond_its_bound()
    {
        var permits = Own();
        Ask(permits, A, 2, concurrency: 1);
        _hasRoom = false;
        permits.EndFlight(A);
        permits.EmptyHand(A);
        Ask(permits, B, 3, concurrency: 2);
        Assert.Equal(["1.1"], _granted);
        _hasRoom = true;
        permits.Grant();
        Assert.Equal(["1.1", "1.2", "2.1", "2.2"], _granted.Order());
        permits.Grant();
        Assert.Equal(4, _granted.Count);
    }

    [Fact]
    public void Once_closed_nothing_is_granted_any_more_and_what_is_out_still_comes_back()
    {
        var permits = Own();
        Ask(permits, A, 5);
        permits.Close();
        for (var n = 0; n < 3; n++)
        {
            permits.EndFlight(A);
            permits.EmptyHand(A);
        }
        Assert.Equal(3, _granted.Count);
        Assert.Equal((0, 0), (permits.InFlight, permits.InHand));
    }

    [Fact]
    public void A_job_that_is_over_leaves_nothing_behind()
    {
        var permits = Own();
        Ask(permits, A, 1, concurrency: 1);
        permits.EndFlight(A);
        permits.EmptyHand(A);
        // Another concurrency under the same number holds only if the old pool is gone.
        Ask(permits, A, 5, concurrency: 5);
        Assert.Equal(6, _granted.Count);
    }
}
