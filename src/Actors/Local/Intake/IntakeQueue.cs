using System.Collections.Concurrent;
using Amble.Behaviours.AccessLog;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Local.Intake;

/// <summary>
/// What both runtimes' intakes are made of: a bounded buffer that is offered items from any thread without a wait, and from which one
/// loop takes batches. The rules of the access log decide; here are only the numbers that they look at, each changed in one step.
/// </summary>
public sealed class IntakeQueue<T>(AccessLogSettings settings, IntakeItems<T> items, Func<DateTimeOffset> now)
{
    private readonly ConcurrentQueue<Entry> _waiting = new();
    private readonly GapBook _gaps = new();
    private readonly TroubleNote _trouble = new();
    private IntakeBatch<T>? _inHand;
    private DateTimeOffset _inHandSince;
    private long _inHandRoom;
    private long _sequence;
    private int _size = settings.Batch;
    private bool _lastTaken;
    private volatile bool _closed;
    private volatile bool _over;
    private int _count;
    private long _room;
    private long _offered;
    private long _written;
    private long _full;
    private long _poison;
    private long _late;
    private long _batches;
    private long _gapRows;
    private int _lastBatch;

    /// <summary>Called on the thread that offers when the loop has something to look at; it must neither wait nor throw.</summary>
    public Action Woken { get; set; } = () => { };

    public IntakeCounts Counts => new(Volatile.Read(ref _offered), Volatile.Read(ref _written), Volatile.Read(ref _full), Volatile.Read(ref _poison), Volatile.Read(ref _late));

    public IntakeView View
    {
        get
        {
            var room = _over ? 0 : Volatile.Read(ref _room);
            var (trouble, last, at) = _trouble.Read();
            return new IntakeView(
                Counts, AdmissionRule.Entries(room), AdmissionRule.Bytes(room), OldestSince is { } since ? now() - since : TimeSpan.Zero, Volatile.Read(ref _batches),
                Volatile.Read(ref _lastBatch), Volatile.Read(ref _gapRows), trouble, last, at);
        }
    }

    /// <summary>What is being written; null when nothing is.</summary>
    public IntakeBatch<T>? InHand => _inHand;

    /// <summary>The last batch is stored, or the deadline has passed: nothing more will come of it.</summary>
    public bool IsOver => _over;

    public bool Offer(T item)
    {
        Interlocked.Increment(ref _offered);
        var bytes = items.Bytes(item);
        if (_closed || !TryEnter(bytes, items.IsReserved(item)) || _closed && TryLeave(bytes))
        {
            Interlocked.Increment(ref _full);
            var at = now();
            _gaps.Add(GapReason.Full, at, at, 1);
            return false;
        }
        _waiting.Enqueue(new Entry(item, now(), bytes));
        var count = Interlocked.Increment(ref _count);
        // The first sets the clock, the one that fills a batch ends the wait; the others change nothing.
        if (count == 1 || count == settings.Batch) Woken();
        return true;
    }

    /// <summary>Takes nothing more in.</summary>
    public void Close()
    {
        _closed = true;
        // Who came in before this is seen in the room from here on, and who comes in later sees that it is closed.
        Interlocked.MemoryBarrier();
    }

    /// <summary>When the next batch is due; null when there is none to come for now. Of the loop.</summary>
    public DateTimeOffset? Due()
    {
        if (_over || _inHand is not null || _lastTaken) return null;
        // The store is told of the beginning and of the end; and a gap that nobody stands behind is told at once.
        if (_sequence == 0 || _waiting.IsEmpty && (_closed ? AdmissionRule.Entries(Volatile.Read(ref _room)) == 0 : _gaps.Any)) return DateTimeOffset.MinValue;
        return BatchRule.Due(Volatile.Read(ref _count), _waiting.TryPeek(out var oldest) ? oldest.At : now(), _closed, settings);
    }

    /// <summary>The next batch, to be written until it is <see cref="Done"/>. Of the loop.</summary>
    public IntakeBatch<T> Take()
    {
        if (_inHand is not null) throw new InvalidOperationException("A batch is in hand; one is written at a time.");
        var closed = _closed;
        var taken = new List<T>(Math.Min(_size, Volatile.Read(ref _count)));
        var bytes = 0L;
        _inHandSince = _waiting.TryPeek(out var oldest) ? oldest.At : now();
        while (taken.Count < _size && bytes < BatchRule.MostBytes && _waiting.TryDequeue(out var entry))
        {
            taken.Add(entry.Item);
            bytes += entry.Bytes;
        }
        var left = Interlocked.Add(ref _count, -taken.Count);
        _size = BatchRule.Next(_size, left, settings);
        _inHandRoom = AdmissionRule.Of(taken.Count, bytes);
        _lastTaken = closed && AdmissionRule.Entries(Volatile.Read(ref _room)) == taken.Count;
        return _inHand = new IntakeBatch<T>(++_sequence, taken, _gaps.Take(), _lastTaken);
    }

    /// <summary>The batch in hand is stored, or never will be; of any other it is known already. Of the loop.</summary>
    public void Done(IntakeBatch<T> batch, BatchOutcome outcome)
    {
        if (_over || !ReferenceEquals(batch, _inHand)) return;
        var aside = outcome is BatchOutcome.Stored stored ? stored.Aside : batch.Items.Count;
        if (outcome is BatchOutcome.Refused { Reason: var reason })
        {
            _trouble.Note(reason, now());
            foreach (var gap in batch.Gaps) _gaps.Add(gap.Reason, gap.From, gap.To, gap.Count ?? 0);
            if (aside > 0) _gaps.Add(GapReason.Poison, _inHandSince, now(), aside);
        }
        else
        {
            Interlocked.Add(ref _gapRows, batch.Gaps.Count + (aside > 0 ? 1 : 0));
        }
        _trouble.Clear();
        Interlocked.Add(ref _poison, aside);
        Interlocked.Add(ref _written, batch.Items.Count - aside);
        Interlocked.Increment(ref _batches);
        Volatile.Write(ref _lastBatch, batch.Items.Count);
        Interlocked.Add(ref _room, -_inHandRoom);
        _inHand = null;
        if (batch.IsLast) _over = true;
    }

    /// <summary>The batch in hand is not stored yet, and why. Of the loop.</summary>
    public void Trouble(string reason) => _trouble.Note(reason, now());

    /// <summary>The deadline has passed: what is left is counted, and whatever is answered later is not. Of the loop.</summary>
    public IntakeLeft GiveUp()
    {
        if (_over) return IntakeLeft.Nothing;
        Close();
        var since = OldestSince ?? now();
        _over = true;
        var left = AdmissionRule.Entries(Interlocked.Exchange(ref _room, AdmissionRule.Shut));
        Interlocked.Add(ref _late, left);
        var inHand = _inHand?.Items.Count ?? 0;
        return new IntakeLeft(_inHand?.Sequence ?? _sequence, [.. Late(inHand, since), .. _inHand?.Gaps ?? []], [.. Late(left - inHand, since), .. _gaps.Take()]);
    }

    private IEnumerable<HitGap> Late(int count, DateTimeOffset since) => count > 0 ? [new HitGap(since, now(), GapReason.Deadline, count)] : [];

    private DateTimeOffset? OldestSince => _inHand is not null ? _inHandSince : _waiting.TryPeek(out var oldest) ? oldest.At : null;

    private bool TryEnter(int bytes, bool isReserved)
    {
        while (true)
        {
            var room = Volatile.Read(ref _room);
            if (!AdmissionRule.MayEnter(room, bytes, isReserved, settings)) return false;
            if (Interlocked.CompareExchange(ref _room, room + AdmissionRule.Of(1, bytes), room) == room) return true;
        }
    }

    /// <summary>False when it was given up with all the others.</summary>
    private bool TryLeave(int bytes)
    {
        while (true)
        {
            var room = Volatile.Read(ref _room);
            if (room == AdmissionRule.Shut) return false;
            if (Interlocked.CompareExchange(ref _room, room - AdmissionRule.Of(1, bytes), room) != room) continue;
            Woken();
            return true;
        }
    }

    private readonly record struct Entry(T Item, DateTimeOffset At, int Bytes);
}
