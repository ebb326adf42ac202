using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Actors.Specs.Local.Intake;

/// <summary>An item of a known size and kind.</summary>
internal sealed record Item(int Number, int Bytes = 100, bool IsReserved = false);

/// <summary>Where an intake's batches go: remembers each with its instant, and answers as its script says; beyond the script it stores.</summary>
internal sealed class ScriptedSink(Func<DateTimeOffset> now)
{
    private readonly Lock _gate = new();
    private readonly List<(DateTimeOffset At, IntakeBatch<Item> Batch)> _calls = [];
    private readonly Queue<BatchOutcome> _script = [];
    private readonly List<(IntakeBatch<Item> Batch, Action<BatchOutcome> Answer)> _held = [];
    private readonly SortedDictionary<long, IntakeBatch<Item>> _stored = [];
    private bool _hangs;

    /// <summary>Every call in order, those that were not stored among them.</summary>
    public IReadOnlyList<(DateTimeOffset At, IntakeBatch<Item> Batch)> Calls
    {
        get { lock (_gate) return [.. _calls]; }
    }

    /// <summary>What is there, each batch once.</summary>
    public IReadOnlyList<IntakeBatch<Item>> Stored
    {
        get { lock (_gate) return [.. _stored.Values]; }
    }

    public IEnumerable<int> Numbers => Stored.SelectMany(batch => batch.Items).Select(item => item.Number);

    public IEnumerable<HitGap> Gaps => Stored.SelectMany(batch => batch.Gaps);

    /// <summary>The next calls are answered so.</summary>
    public void Says(params BatchOutcome[] outcomes)
    {
        lock (_gate) foreach (var outcome in outcomes) _script.Enqueue(outcome);
    }

    /// <summary>It is stored, and nobody hears of it.</summary>
    public bool LosesAnswers { get; set; }

    public void Hang()
    {
        lock (_gate) _hangs = true;
    }

    public void Release()
    {
        List<(IntakeBatch<Item> Batch, Action<BatchOutcome> Answer)> held;
        lock (_gate)
        {
            _hangs = false;
            held = [.. _held];
            _held.Clear();
            foreach (var (batch, _) in held) _stored[batch.Sequence] = batch;
        }
        foreach (var (_, answer) in held) answer(new BatchOutcome.Stored(0));
    }

    public void Write(IntakeBatch<Item> batch, Action<BatchOutcome> answer)
    {
        BatchOutcome outcome;
        lock (_gate)
        {
            _calls.Add((now(), batch));
            if (_hangs)
            {
                _held.Add((batch, answer));
                return;
            }
            outcome = _script.Count > 0 ? _script.Dequeue() : new BatchOutcome.Stored(0);
            if (outcome is BatchOutcome.Stored || LosesAnswers) _stored[batch.Sequence] = batch;
        }
        answer(outcome);
    }
}
