using Amble.Behaviours.Writing;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Writing;

[Trait("Seeds", "S-2")]
public class MaintenanceShareSpecs
{
    private static readonly TimeSpan TurnLength = TimeSpan.FromMilliseconds(20);

    [Theory]
    [InlineData(0, 0.05)]
    [InlineData(30, 0.175)]
    [InlineData(60, 0.30)]
    [InlineData(6_000, 0.30)]
    public void The_share_grows_with_the_lag(int seconds, double share) =>
        Assert.Equal(share, MaintenanceShare.Of(TimeSpan.FromSeconds(seconds)), 6);

    [Theory]
    [InlineData(0, 0.05)]
    [InlineData(60, 0.30)]
    public void Under_constant_load_maintenance_gets_its_share_to_within_one_turn(int lagSeconds, double share)
    {
        var owed = default(MaintenanceShare);
        double all = 0, maintenance = 0;
        for (var turn = 0; turn < 1_000; turn++)
        {
            var plan = Turn.Plan(
                new WaitingCosts([], Enumerable.Repeat(1.0, 100), Enumerable.Repeat(7.0, 100)), new TurnBudget(20, owed.Milliseconds));
            var took = plan.Bulk * 1.0 + plan.Maintenance * 7.0;
            all += took;
            maintenance += plan.Maintenance * 7.0;
            owed = owed.After(
                TimeSpan.FromMilliseconds(took), TimeSpan.FromMilliseconds(plan.Maintenance * 7.0), TimeSpan.FromSeconds(lagSeconds), true, TurnLength);
        }
        Assert.InRange(maintenance, share * all - 20, share * all + 20);
    }

    [Fact]
    public void Nothing_is_saved_up_while_no_maintenance_waits() =>
        Assert.Equal(0, new MaintenanceShare(15).After(TurnLength, TimeSpan.Zero, null, true, TurnLength).Milliseconds);

    [Fact]
    public void Time_that_nobody_else_wanted_is_not_charged() =>
        Assert.Equal(1, default(MaintenanceShare).After(TurnLength, TurnLength, TimeSpan.Zero, false, TurnLength).Milliseconds, 6);

    [Fact]
    public void Never_more_than_one_turn_is_owed() =>
        Assert.Equal(20, new MaintenanceShare(19).After(TimeSpan.FromSeconds(10), TimeSpan.Zero, TimeSpan.Zero, true, TurnLength).Milliseconds, 6);
}
