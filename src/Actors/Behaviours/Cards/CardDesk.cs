using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Behaviours.Cards;

/// <summary>
/// Who may draw what, and what was seen of it. On demand a card needs a slot, which is taken before any work is created (C-2): there is
/// none while all are taken, while a job's end draws (it comes first, and draws the same pages), while the same thing is being drawn, or
/// while it waits after a failure (C-7+). A picture is drawn once at a time, whoever wants it. Drawings that took too long and have not
/// returned are counted: when there are too many of them the painter hangs, and nobody draws until one returns. Used by any thread.
/// </summary>
public sealed class CardDesk(CardSettings settings)
{
    // Beyond that many failures the one that is tried again soonest is forgotten: it costs one more try.
    private const int MostRemembered = 4_096;

    private readonly Lock _gate = new();
    private readonly HashSet<CardSubject> _taken = [];
    private readonly HashSet<string> _drawing = new(StringComparer.Ordinal);
    private readonly Dictionary<CardSubject, DateTimeOffset> _waits = [];
    private CardCounts _counts;
    private int _jobEnds;

    public CardCounts Counts
    {
        get { lock (_gate) return _counts with { UnderWay = _taken.Count }; }
    }

    /// <summary>The painter does not return any more.</summary>
    public bool IsStuck
    {
        get { lock (_gate) return IsStuckNow; }
    }

    private bool IsStuckNow => _counts.Hung >= Math.Max(1, settings.Slots) * 2;

    /// <summary>A slot for one card on demand; false when it is skipped. Whoever got it returns it in any case.</summary>
    public bool TryTake(CardSubject subject, DateTimeOffset now, bool writerHasRoom)
    {
        lock (_gate)
        {
            var isTaken = writerHasRoom && _jobEnds == 0 && !IsStuckNow && _taken.Count < settings.Slots && !IsWaiting(subject, now) && _taken.Add(subject);
            _counts = _counts with { Offered = _counts.Offered + 1, Skipped = _counts.Skipped + (isTaken ? 0 : 1) };
            return isTaken;
        }
    }

    public void Return(CardSubject subject)
    {
        lock (_gate) _taken.Remove(subject);
    }

    /// <summary>False while somebody else draws that picture.</summary>
    public bool TryBegin(string key)
    {
        lock (_gate) return _drawing.Add(key);
    }

    public void End(string key)
    {
        lock (_gate) _drawing.Remove(key);
    }

    /// <summary>The thing is not to be drawn on demand before then.</summary>
    public void Wait(CardSubject subject, DateTimeOffset until)
    {
        lock (_gate)
        {
            if (_waits.Count >= MostRemembered && !_waits.ContainsKey(subject)) _waits.Remove(_waits.MinBy(one => one.Value).Key);
            _waits[subject] = until;
        }
    }

    public void BeginJobEnd()
    {
        lock (_gate) _jobEnds++;
    }

    public void EndJobEnd()
    {
        lock (_gate) _jobEnds--;
    }

    /// <summary>A drawing was given up and has not returned (1), or has returned after all (-1).</summary>
    public void Hang(int more)
    {
        lock (_gate) _counts = _counts with { Hung = _counts.Hung + more };
    }

    public void Count(CardOutcome outcome)
    {
        lock (_gate)
        {
            _counts = outcome switch
            {
                CardOutcome.Drawn => _counts with { Drawn = _counts.Drawn + 1 },
                CardOutcome.Reused => _counts with { Reused = _counts.Reused + 1 },
                CardOutcome.Failed => _counts with { Failed = _counts.Failed + 1 },
                CardOutcome.TimedOut => _counts with { TimedOut = _counts.TimedOut + 1 },
                CardOutcome.Unsaved => _counts with { Unsaved = _counts.Unsaved + 1 },
                _ => _counts,
            };
        }
    }

    public void CountCarriedOver(long things)
    {
        lock (_gate) _counts = _counts with { CarriedOver = _counts.CarriedOver + things };
    }

    public void CountDropped(long pictures)
    {
        lock (_gate) _counts = _counts with { Dropped = _counts.Dropped + pictures };
    }

    private bool IsWaiting(CardSubject subject, DateTimeOffset now)
    {
        if (!_waits.TryGetValue(subject, out var until)) return false;
        if (until > now) return true;
        _waits.Remove(subject);
        return false;
    }
}
