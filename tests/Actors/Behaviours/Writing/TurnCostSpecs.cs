using Amble.Behaviours.Writing;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Writing;

[Trait("Seeds", "S-2")]
public class TurnCostSpecs
{
    [Fact]
    public void A_command_costs_in_proportion_to_its_rows()
    {
        var cost = new TurnCost();
        Assert.Equal(cost.Of(WriterCommands.Links(0)) * 41, cost.Of(WriterCommands.Links(40)), 9);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(60)]
    public void The_cost_of_a_kind_approaches_what_its_turns_take(double milliseconds)
    {
        var cost = new TurnCost();
        WriterProtocol.ICommand[] turn = [WriterCommands.Bulk(1), WriterCommands.Bulk(2)];
        for (var i = 0; i < 60; i++) cost.Learn(turn, TimeSpan.FromMilliseconds(milliseconds));
        Assert.InRange(turn.Sum(cost.Of), milliseconds * 0.95, milliseconds * 1.05);
    }

    [Fact]
    public void A_single_stall_at_most_doubles_what_is_expected()
    {
        var cost = new TurnCost();
        var before = cost.Of(WriterCommands.Bulk());
        cost.Learn([WriterCommands.Bulk()], TimeSpan.FromSeconds(30));
        Assert.InRange(cost.Of(WriterCommands.Bulk()), before, before * 2);
    }

    [Fact]
    public void Kinds_that_were_not_in_the_turn_keep_their_cost()
    {
        var cost = new TurnCost();
        var before = cost.Of(WriterCommands.Interactive());
        cost.Learn([WriterCommands.Bulk()], TimeSpan.FromSeconds(1));
        Assert.Equal(before, cost.Of(WriterCommands.Interactive()));
    }
}
