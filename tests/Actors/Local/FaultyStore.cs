using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Actors.Specs.Local;

/// <summary>What befalls a turn.</summary>
internal enum Fault
{
    None,

    /// <summary>Nothing is stored, and it says so.</summary>
    Unavailable,

    /// <summary>The same, since the disk is full.</summary>
    DiskFull,

    /// <summary>It is stored, and nobody hears of it.</summary>
    LostAnswer,
}

/// <summary>One turn as it was handed over, with its length on the virtual clock.</summary>
internal sealed record FaultyTurn(DateTimeOffset Began, TimeSpan Took, IReadOnlyList<WriterProtocol.ICommand> Commands, Fault Fault);

/// <summary>
/// A store around another that fails as it is told to: it takes its time, hangs, is unavailable, loses its answer, runs out of disk, or has
/// rows that it will never take. It writes down every turn.
/// </summary>
/// <param name="clock">The virtual clock, which stands still for all others while a turn takes its time.</param>
internal sealed class FaultyStore(IWriteStore store, TestScheduler clock) : IWriteStore
{
    private readonly List<FaultyTurn> _turns = [];

    public IReadOnlyList<FaultyTurn> Turns => _turns;

    /// <summary>Zero when there was none.</summary>
    public TimeSpan LongestTurn => _turns.Select(turn => turn.Took).DefaultIfEmpty().Max();

    /// <summary>What befalls the next turn.</summary>
    public Func<Fault> Next { get; set; } = () => Fault.None;

    /// <summary>How long a turn takes, by its rows; a hang is a long one.</summary>
    public Func<int, TimeSpan> Latency { get; set; } = _ => TimeSpan.Zero;

    /// <summary>Hits that it never takes: they reach the store with a status that no table allows.</summary>
    public Predicate<Hit> Poison { get; set; } = _ => false;

    public IReadOnlyList<WriterProtocol.IReply> Commit(IReadOnlyList<WriterProtocol.ICommand> commands)
    {
        var (began, fault) = (clock.Now, Next());
        clock.Pass(Latency(commands.OfType<WriterProtocol.SaveHits>().Sum(save => save.Hits.Count)));
        _turns.Add(new FaultyTurn(began, clock.Now - began, commands, fault));
        if (fault is Fault.Unavailable or Fault.DiskFull) throw new StoreUnavailableException("The store is not there.", full: fault == Fault.DiskFull);
        var replies = store.Commit([.. commands.Select(Poisoned)]);
        return fault == Fault.LostAnswer ? throw new StoreUnavailableException("The store's answer was lost.", full: false) : replies;
    }

    private WriterProtocol.ICommand Poisoned(WriterProtocol.ICommand command) =>
        command is WriterProtocol.SaveHits save && save.Hits.Any(hit => Poison(hit)) ? save with { Hits = [.. save.Hits.Select(hit => Poison(hit) ? hit with { Status = 9_999 } : hit)] } : command;
}
