using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Simulation.Specs;

/// <summary>A store that now and then does not take a turn, or takes it and does not say so: the outcome is unknown.</summary>
internal sealed class FaultyStore(IWriteStore store, Random chance, double share) : IWriteStore
{
    public IReadOnlyList<WriterProtocol.IReply> Commit(IReadOnlyList<WriterProtocol.ICommand> commands)
    {
        var roll = chance.NextDouble();
        if (roll < share / 2) throw new StoreUnavailableException("The store is not there.", full: false);
        var replies = store.Commit(commands);
        return roll < share ? throw new StoreUnavailableException("The store's answer was lost.", full: false) : replies;
    }
}
