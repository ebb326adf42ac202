using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Simulation.Specs.Nodes;

/// <summary>
/// The one writer of all nodes, and the next one: each stores under its own epoch, as a transaction that first locks the writer's row at
/// that epoch would. One that froze in the middle of a turn finds another epoch there when it goes on.
/// </summary>
/// <param name="looks">Whether the epoch is looked at.</param>
internal sealed class SimWriters(IWriteStore store, SimScheduler world, bool looks)
{
    private readonly HashSet<UnitKey> _visits = [];
    private readonly HashSet<JobId> _ended = [];
    private long _epoch = 1;
    private Befalls? _freezes;
    private bool _isFrozen;

    /// <summary>Turns of a writer that had been followed.</summary>
    public int Refused { get; private set; }

    /// <summary>Turns that were stored although their writer had been followed.</summary>
    public int Intruded { get; private set; }

    /// <summary>Visits that somebody was told are stored.</summary>
    public IReadOnlyCollection<UnitKey> Acknowledged => _visits;

    /// <summary>Jobs whose end somebody was told of.</summary>
    public int JobsEnded => _ended.Count;

    public bool IsQuiet => !_isFrozen;

    /// <summary>The writer freezes at its next turn.</summary>
    public void Freeze(Befalls trouble) => _freezes = trouble;

    public IReadOnlyList<WriterProtocol.IReply> Commit(IReadOnlyList<WriterProtocol.ICommand> commands)
    {
        if (_isFrozen) throw new StoreUnavailableException("The writer does not answer.", full: false);
        if (_freezes is { } trouble)
        {
            (_isFrozen, _freezes) = (true, null);
            var (former, held) = (_epoch, commands.ToArray());
            world.At(world.Now + trouble.For * 0.7, () => (_isFrozen, _epoch) = (false, _epoch + 1));
            world.At(world.Now + (trouble.Node == 0 ? trouble.For * 0.5 : trouble.For), () => Thaw(former, held));
            throw new StoreUnavailableException("The writer does not answer.", full: false);
        }
        var replies = store.Commit(commands);
        foreach (var command in commands)
        {
            if (command is WriterProtocol.CloseVisit close) _visits.Add(close.Visit.Key);
            if (command is WriterProtocol.EndJob end) _ended.Add(end.Job);
        }
        return replies;
    }

    private void Thaw(long epoch, IReadOnlyList<WriterProtocol.ICommand> commands)
    {
        if (epoch != _epoch && looks)
        {
            Refused++;
            return;
        }
        if (epoch != _epoch) Intruded++;
        store.Commit(commands);
    }
}
