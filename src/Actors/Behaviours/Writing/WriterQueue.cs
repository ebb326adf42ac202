using Amble.Messages;

namespace Amble.Behaviours.Writing;

/// <summary>
/// The writer's intake: three lanes, bounded in entries and bytes, all counted. A command holds its room until its turn has ended, so a
/// stalled disk fills the intake and then nothing more is taken: that is what pauses the crawl (S-3). An eighth of the room is kept for
/// interactive commands, so that a job can still be created or cancelled then. Used under its owner's lock.
/// </summary>
public sealed class WriterQueue(WriterQueueSettings settings)
{
    private readonly Queue<Entry>[] _lanes = [new(), new(), new()];
    private readonly TurnCost _cost = new();
    private readonly (long Commands, long Turns)[] _done = new (long, long)[3];
    private MaintenanceShare _maintenance;
    private TimeSpan? _maintenanceLag;
    private bool _maintenanceCompetes;
    private WriterTurn? _underWay;

    /// <summary>Commands taken in and not yet done.</summary>
    public int Count { get; private set; }

    /// <summary>Roughly the memory that they hold.</summary>
    public long Bytes { get; private set; }

    /// <summary>Commands that wait for a turn.</summary>
    public int Waiting => _lanes.Sum(lane => lane.Count);

    /// <summary>Commands turned away because the intake was full.</summary>
    public long Refused { get; private set; }

    /// <summary>What maintenance took of the last turn that had any of it.</summary>
    public TimeSpan LastMaintenance { get; private set; }

    /// <summary>How one class of commands has fared.</summary>
    /// <param name="Waiting">Commands that wait for a turn.</param>
    /// <param name="Done">Commands whose turn has ended.</param>
    /// <param name="Turns">Turns in which there was one of them.</param>
    public readonly record struct LaneCounts(int Waiting, long Done, long Turns);

    public LaneCounts Lane(WriterProtocol.Priority priority)
    {
        var (done, turns) = _done[(int)priority];
        return new LaneCounts(_lanes[(int)priority].Count, done, turns);
    }

    /// <summary>False when the intake is full: keep the command and offer it again after a turn has ended.</summary>
    /// <param name="tag">Comes back with the command in its turn; the owner's way to the one who waits.</param>
    public bool TryAdd(WriterProtocol.ICommand command, object tag, DateTimeOffset now)
    {
        var bytes = CommandSize.Bytes(command);
        var isInteractive = command.Priority == WriterProtocol.Priority.Interactive;
        var entries = isInteractive ? settings.Entries : settings.Entries - settings.Entries / 8;
        var room = isInteractive ? settings.Bytes : settings.Bytes - settings.Bytes / 8;
        // A command that is larger than the whole intake may come in alone, or it could never be stored.
        if (Count > 0 && (Count >= entries || Bytes + bytes > room))
        {
            Refused++;
            return false;
        }
        Enqueue(command, tag, bytes, now);
        return true;
    }

    /// <summary>
    /// Takes a command in any case. For those whose number is bounded by credit that they hold until they are answered, and whose order
    /// must not break; that credit is given out only while <see cref="HasRoom"/>.
    /// </summary>
    public void Add(WriterProtocol.ICommand command, object tag, DateTimeOffset now) => Enqueue(command, tag, CommandSize.Bytes(command), now);

    /// <summary>Less than half of the intake is taken: new credit may be given out.</summary>
    public bool HasRoom => Count < settings.Entries / 2 && Bytes < settings.Bytes / 2;

    /// <summary>How long the oldest command has waited, one under way among them; zero when there is none.</summary>
    public TimeSpan OldestAge(DateTimeOffset now)
    {
        var oldest = _underWay?.OldestAt ?? now;
        foreach (var lane in _lanes)
            if (lane.TryPeek(out var entry) && entry.At < oldest) oldest = entry.At;
        return now - oldest;
    }

    /// <summary>The next turn; null when nothing waits. Its commands are sent again, unchanged, until <see cref="Done"/> is called.</summary>
    public WriterTurn? Take(DateTimeOffset now)
    {
        if (_underWay is not null) throw new InvalidOperationException("A turn is under way; there is one writer.");
        var plan = Turn.Plan(
            new WaitingCosts(Costs(WriterProtocol.Priority.Interactive), Costs(WriterProtocol.Priority.Bulk), Costs(WriterProtocol.Priority.Maintenance)),
            new TurnBudget(settings.Turn.TotalMilliseconds, _maintenance.Milliseconds));
        if (plan.Count == 0) return null;

        _maintenanceLag = Queued(WriterProtocol.Priority.Maintenance).TryPeek(out var oldest) ? now - oldest.At : null;
        _maintenanceCompetes = Waiting > Queued(WriterProtocol.Priority.Maintenance).Count;
        var turn = new WriterTurn(plan.Count);
        Move(WriterProtocol.Priority.Interactive, plan.Interactive, turn);
        Move(WriterProtocol.Priority.Maintenance, plan.Maintenance, turn);
        Move(WriterProtocol.Priority.Bulk, plan.Bulk, turn);
        return _underWay = turn;
    }

    /// <summary>The turn has ended: its commands are stored or set aside. Their room is free again, and what it took is learned.</summary>
    public void Done(WriterTurn turn, TimeSpan took)
    {
        if (!ReferenceEquals(turn, _underWay)) throw new InvalidOperationException("Only the turn that is under way can end.");
        var all = turn.Commands.Sum(_cost.Of);
        var maintenance = turn.Commands.Where(command => command.Priority == WriterProtocol.Priority.Maintenance).Sum(_cost.Of);
        var spent = all > 0 ? took * (maintenance / all) : TimeSpan.Zero;
        if (maintenance > 0) LastMaintenance = spent;
        _maintenance = _maintenance.After(took, spent, _maintenanceLag, _maintenanceCompetes, settings.Turn);
        _cost.Learn(turn.Commands, took);
        Count -= turn.Commands.Count;
        Bytes -= turn.Bytes;
        foreach (var lane in turn.Commands.CountBy(command => command.Priority))
        {
            var (commands, turns) = _done[(int)lane.Key];
            _done[(int)lane.Key] = (commands + lane.Value, turns + 1);
        }
        _underWay = null;
    }

    private void Enqueue(WriterProtocol.ICommand command, object tag, long bytes, DateTimeOffset now)
    {
        _lanes[(int)command.Priority].Enqueue(new Entry(command, tag, bytes, now));
        Count++;
        Bytes += bytes;
    }

    private Queue<Entry> Queued(WriterProtocol.Priority priority) => _lanes[(int)priority];

    private IEnumerable<double> Costs(WriterProtocol.Priority priority) => Queued(priority).Select(entry => _cost.Of(entry.Command));

    private void Move(WriterProtocol.Priority priority, int count, WriterTurn turn)
    {
        for (var i = 0; i < count; i++)
        {
            var entry = Queued(priority).Dequeue();
            turn.Add(entry.Command, entry.Tag, entry.Bytes, entry.At);
        }
    }

    private readonly record struct Entry(WriterProtocol.ICommand Command, object Tag, long Bytes, DateTimeOffset At);
}
