using Amble.Behaviours.Writing;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Writing;

[Trait("Seeds", "S-2")]
public class TurnSpecs
{
    private static readonly double[] None = [];

    [Fact]
    public void What_waits_goes_together_while_it_fits_in_20_ms() =>
        Assert.Equal(new Turn(2, 5, 0), Plan([3, 2], [3, 3, 3, 3, 3, 3, 3], None));

    [Fact]
    public void Interactive_commands_go_before_bulk() =>
        Assert.Equal(new Turn(3, 0, 0), Plan([8, 6, 6], [1, 1], None));

    [Fact]
    public void Bulk_goes_before_maintenance_that_is_owed_nothing() =>
        Assert.Equal(new Turn(0, 20, 0), Plan(None, Enumerable.Repeat(1.0, 50), [5]));

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(0, 0, 1)]
    public void One_command_always_goes_however_long_it_takes(int interactive, int bulk, int maintenance) =>
        Assert.Equal(
            new Turn(interactive, bulk, maintenance),
            Plan(Enumerable.Repeat(900.0, interactive * 2), Enumerable.Repeat(900.0, bulk * 2), Enumerable.Repeat(900.0, maintenance * 2)));

    [Fact]
    public void Nothing_waits_and_nothing_goes() => Assert.Equal(0, Plan(None, None, None).Count);

    [Fact]
    public void Order_within_a_lane_is_never_changed_to_fill_a_turn() =>
        Assert.Equal(new Turn(0, 1, 0), Plan(None, [15, 10, 1, 1], None));

    [Fact]
    public void Maintenance_that_is_owed_time_goes_before_bulk() =>
        Assert.Equal(new Turn(0, 15, 1), Plan(None, Enumerable.Repeat(1.0, 50), [5, 5], owed: 4));

    [Fact]
    public void Maintenance_that_is_owed_time_goes_into_a_turn_that_interactive_commands_have_filled() =>
        Assert.Equal(new Turn(1, 0, 1), Plan([20, 20], [1], [5, 5], owed: 1));

    [Fact]
    public void Maintenance_takes_the_whole_turn_when_nothing_else_waits() =>
        Assert.Equal(new Turn(0, 0, 4), Plan(None, None, [5, 5, 5, 5, 5], owed: -100));

    private static Turn Plan(IEnumerable<double> interactive, IEnumerable<double> bulk, IEnumerable<double> maintenance, double owed = 0) =>
        Turn.Plan(new WaitingCosts(interactive, bulk, maintenance), new TurnBudget(20, owed));
}
