using Xunit;

namespace Amble.Actors.Specs.Wire.Link;

/// <summary>
/// Whatever the network, the writer and the nodes do: every command of a node that lives is stored, in the node's order, at least once, and
/// answered once; what is held stays within the window.
/// </summary>
[Trait("Seeds", "S-1"), Trait("Seeds", "S-3")]
public sealed class WriterLinkSimulationSpecs
{
    [Theory]
    [InlineData(0, 100)]
    [InlineData(1000, 100)]
    public void Every_command_is_stored_in_order_and_answered_once(int from, int count)
    {
        long sentAgain = 0;
        int moves = 0, restarts = 0, lost = 0, answered = 0;
        for (var seed = from; seed < from + count; seed++)
        {
            var world = new LinkWorld(seed);
            try
            {
                for (var step = 0; step < 1500; step++) world.Step();
                world.Finish();
            }
            catch (Exception fault)
            {
                throw new Xunit.Sdk.XunitException($"Seed {seed}: {fault.Message}", fault);
            }
            sentAgain += world.SentAgain;
            moves += world.Moves;
            restarts += world.Restarts;
            lost += world.Lost;
            answered += world.Answered;
        }
        // The runs were hard enough to prove something.
        Assert.True(moves > count && restarts > 3 * count && lost > 20 * count && sentAgain > 20 * count && answered > 50 * count,
            $"{moves} moves, {restarts} restarts, {lost} lost, {sentAgain} sent again, {answered} answered");
    }
}
