using Amble.Behaviours.Ports;
using Amble.Behaviours.Retention;
using Amble.Messages;
using static Amble.Messages.RetentionProtocol;

namespace Amble.Local;

/// <summary>
/// Carries out what <see cref="RetentionRule"/> says, beside the writer, from the start of the process on (SEEDS R-5): looks what is stored,
/// has the writer do one step, pauses, and looks again. One command at a time waits for the writer, so it can neither stall it nor starve.
/// Only what it does with the store may fail; then it looks again later.
/// </summary>
public sealed class RetentionDriver : IRetention
{
    private static readonly TimeSpan _again = TimeSpan.FromSeconds(1);

    private readonly IScheduler _scheduler;
    private readonly LocalWriter _writer;
    private readonly RetentionSurroundings _around;
    private readonly RetentionSettings _settings;
    private readonly PeriodRemoval _removal;
    private readonly Lock _gate = new();
    private readonly Dictionary<JobId, DateTimeOffset> _walked = [];
    private readonly Dictionary<FormerTable, DateTimeOffset> _tables = [];
    private readonly List<Asked> _asked = [];
    private RetentionRead _stored = RetentionRead.Nothing;
    private JobId _from = new(0);
    private IDisposable? _timer;
    private bool _closed;
    private bool _isLooking;
    private int _rows;
    private long _othersDone;
    private TimeSpan _lag;
    private double? _diskUsed;
    private string? _says;
    private (long Rows, long Periods, long Shed, long Bytes, long Slices) _done;
    private TimeSpan _longest;

    public RetentionDriver(IScheduler scheduler, LocalWriter writer, RetentionSurroundings around)
    {
        (_scheduler, _writer, _around, _settings) = (scheduler, writer, around, around.Settings);
        _removal = new PeriodRemoval(scheduler, writer, around.Store);
        _rows = _settings.FirstSliceRows;
    }

    public RetentionNumbers Numbers
    {
        get
        {
            lock (_gate)
            {
                return new RetentionNumbers(
                    true, _lag, _around.Store.Visits, _around.Store.Details, _done.Rows, _done.Periods, _done.Shed, _done.Slices, _longest, _diskUsed, _says, _stored);
            }
        }
    }

    /// <summary>Begins to look; called once, when the writer is ready.</summary>
    public void Start() => Later(TimeSpan.Zero);

    public Task<PurgeDone> PurgeAsync(CancellationToken stop)
    {
        var asked = new Asked(_scheduler.Now, new TaskCompletionSource<PurgeDone>(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_gate)
        {
            asked.Before = (_done.Rows, _done.Periods, _done.Bytes);
            _asked.Add(asked);
            // Whoever asks wants what has expired by now to go, be it half a period before it must.
            _walked.Clear();
            _tables.Clear();
            if (!_isLooking) Later(TimeSpan.Zero);
        }
        return asked.Done.Task.WaitAsync(stop);
    }

    /// <summary>Nothing more is begun.</summary>
    public void Close()
    {
        _removal.Close();
        lock (_gate)
        {
            _closed = true;
            _timer?.Dispose();
            foreach (var asked in _asked) asked.Done.TrySetException(new StoreUnavailableException("The writer has ended or moved to another node.", full: false));
            _asked.Clear();
        }
    }

    private void Later(TimeSpan pause)
    {
        lock (_gate)
        {
            _timer?.Dispose();
            if (!_closed) _timer = _scheduler.RunAt(_scheduler.Now + pause, () => _scheduler.RunBlocking(Look));
        }
    }

    private void Look()
    {
        lock (_gate)
        {
            if (_closed || _isLooking) return;
            _isLooking = true;
        }
        RetentionStep? step;
        IReadOnlyList<Asked> answers;
        bool hasOrders, isTidy;
        try
        {
            step = Decide(out answers);
            isTidy = step is not null || _around.Store.TryRemoveUnnamed(_scheduler.Now - RetentionRule.LateBy);
            hasOrders = step is RetentionStep.Rest rest && _around.Store.HasOrders(rest.Job);
        }
        catch (StoreUnavailableException)
        {
            Rest(_again);
            return;
        }
        if (step is null)
        {
            if (isTidy) Answer(answers);
            Rest(isTidy ? _settings.LookEvery : PeriodRemoval.Pause);
            return;
        }
        Begin(step, hasOrders);
    }

    /// <param name="answers">Who asked before this look.</param>
    private RetentionStep? Decide(out IReadOnlyList<Asked> answers)
    {
        var now = _scheduler.Now;
        _around.Store.TryMakeAhead(now);
        var stored = _around.Store.ReadRetention(_from, now - _settings.Visits);
        var used = _around.Disk.UsedPercent();
        lock (_gate)
        {
            _from = stored.From;
            answers = [.. _asked];
            var memory = new RetentionMemory(_walked, _tables);
            (_stored, _diskUsed, _lag) = (stored, used, RetentionRule.Lag(stored, memory, _settings, now));
            var step = RetentionRule.Next(stored, memory, used, _settings, now, atOnce: answers.Count > 0);
            _says = Says(step);
            return step;
        }
    }

    private string? Says(RetentionStep? step)
    {
        if (!RetentionRule.IsTooFull(_diskUsed, _settings)) return null;
        var full = $"The disk is {_diskUsed:0.#} % full, over the cap of {_settings.DiskCapPercent} %";
        return step is RetentionStep.Drop { Early: true, Period: var period }
            ? $"{full}: {period.Family} from {period.BeginsAt:yyyy-MM-dd HH:mm} to {period.EndsAt:yyyy-MM-dd HH:mm} UTC go before their time."
            : $"{full}, and nothing but the current periods is left to go.";
    }

    /// <param name="hasOrders">Of the job whose rest is to go.</param>
    private void Begin(RetentionStep step, bool hasOrders)
    {
        switch (step)
        {
            case RetentionStep.Drop drop:
                if (drop.Early) _around.Tell(_says ?? "The disk is too full.");
                Drop(drop);
                break;
            case RetentionStep.Visits visits:
                Slice(new PurgePlace(0), _scheduler.Now - _settings.Visits, (after, rows, before) => new PurgeVisits(visits.Job, after, rows, before, _settings.Slice), before => _walked[visits.Job] = before);
                break;
            case RetentionStep.Rest rest:
                Slice(new PurgePlace(0), _scheduler.Now - _settings.Visits, (after, rows, before) => new EmptyJob(rest.Job, after, hasOrders, rows, before, _settings.Slice), _ => _walked.Remove(rest.Job));
                break;
            case RetentionStep.Former { Table: var table }:
                var age = table == FormerTable.Details ? _settings.Details : _settings.Visits;
                Slice(new PurgePlace(0), _scheduler.Now - age, (after, rows, before) => new PurgeFormer(table, after, rows, before, _settings.Slice), _ => _tables[table] = _scheduler.Now);
                break;
        }
    }

    private void Drop(RetentionStep.Drop drop) => _writer.Take(new DropPeriod(drop.Period.Family, drop.Period.Number, _rows, drop.Early), reply =>
    {
        var lot = (reply as PeriodDropped)?.Lot;
        if (lot == PeriodLot.Dropping) Pause(() => Drop(drop), _rows);
        else if (lot == PeriodLot.Dropped) Remove(drop);
        else Rest(_settings.LookEvery);
    });

    private void Remove(RetentionStep.Drop drop) => _removal.Begin(drop.Period, () =>
    {
        lock (_gate) _done = _done with { Periods = _done.Periods + 1, Shed = _done.Shed + (drop.Early ? 1 : 0), Bytes = _done.Bytes + (drop.Period.Bytes ?? 0) };
        Rest(_settings.Pause);
    });

    private void Slice(PurgePlace after, DateTimeOffset before, Func<PurgePlace, int, DateTimeOffset, WriterProtocol.ICommand> command, Action<DateTimeOffset> ended) =>
        _writer.Take(command(after, _rows, before), reply =>
        {
            if (reply is not SlicePurged slice)
            {
                Rest(_settings.LookEvery);
                return;
            }
            lock (_gate)
            {
                var took = _writer.LastMaintenance;
                _done = _done with { Rows = _done.Rows + slice.Rows, Slices = _done.Slices + 1 };
                if (took > _longest) _longest = took;
                if (slice.Next is null) ended(before);
            }
            if (slice.Next is { } next) Pause(() => Slice(next, before, command, ended), slice.Looked);
            else Pause(() => Rest(TimeSpan.Zero), slice.Looked);
        });

    /// <summary>Lets others in, and goes on with slices of the right size.</summary>
    /// <param name="looked">Rows of the slice before.</param>
    private void Pause(Action then, int looked)
    {
        TimeSpan pause, most;
        lock (_gate)
        {
            if (_closed) return;
            var took = _writer.LastMaintenance;
            var done = _writer.DoneForOthers;
            _rows = SliceRule.Rows(looked, took, _settings);
            pause = SliceRule.Pause(took, done != _othersDone, _lag, RetentionRule.IsTooFull(_diskUsed, _settings), _settings);
            most = SliceRule.MostPause(took);
            _othersDone = done;
        }
        GoOn(pause, then, _scheduler.Now + most);
    }

    // A slice also waits until the disk has what came before it, but not for good, as others may keep the disk busy (R-2).
    private void GoOn(TimeSpan pause, Action then, DateTimeOffset atLast) => _scheduler.RunAt(_scheduler.Now + pause, () =>
    {
        if (_scheduler.Now < atLast && _around.Store.IsSettling) GoOn(_settings.Pause, then, atLast);
        else then();
    });

    private void Rest(TimeSpan pause)
    {
        lock (_gate)
        {
            _isLooking = false;
            Later(_asked.Count > 0 && pause > _again ? TimeSpan.Zero : pause);
        }
    }

    private void Answer(IReadOnlyList<Asked> answers)
    {
        lock (_gate)
        {
            var held = _stored.Periods.Count(period => period.IsHeld && RetentionRule.DueAt(period, _settings) <= _scheduler.Now);
            var left = held > 0 ? $"{held} expired {(held == 1 ? "period is" : "periods are")} kept for jobs that have not ended." : null;
            foreach (var asked in answers)
            {
                _asked.Remove(asked);
                var (rows, periods, bytes) = asked.Before;
                asked.Done.TrySetResult(new PurgeDone(_done.Rows - rows, _done.Periods - periods, _done.Bytes - bytes, _scheduler.Now - asked.At, left));
            }
        }
    }

    private sealed record Asked(DateTimeOffset At, TaskCompletionSource<PurgeDone> Done)
    {
        public (long Rows, long Periods, long Bytes) Before { get; set; }
    }
}

/// <param name="Tell">Is told, in one sentence, when something goes before its time.</param>
public sealed record RetentionSurroundings(RetentionSettings Settings, IRetentionStore Store, IDiskProbe Disk, Action<string> Tell);
