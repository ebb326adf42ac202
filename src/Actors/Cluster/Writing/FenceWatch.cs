using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Cluster.Writing;

/// <summary>Tells when the store says that another writer has taken this one's place.</summary>
internal sealed class FenceWatch(IWriteStore store, Action<string> fenced) : IWriteStore
{
    public IReadOnlyList<WriterProtocol.IReply> Commit(IReadOnlyList<WriterProtocol.ICommand> commands)
    {
        try
        {
            return store.Commit(commands);
        }
        catch (StoreUnavailableException trouble) when (trouble.IsFenced)
        {
            fenced(trouble.Message);
            throw;
        }
    }
}
