using System.Diagnostics.Metrics;
using Amble.Behaviours.Writing;
using Amble.Messages;

namespace Amble.Local;

/// <summary>
/// The writer's turns as they end, for whoever collects metrics: how long each took and what was stored in it, by class. A turn that had
/// commands of several classes counts for each of them.
/// </summary>
public sealed class TurnMeter
{
    private static readonly KeyValuePair<string, object?>[] _classes =
        [.. Enum.GetValues<WriterProtocol.Priority>().Select(of => KeyValuePair.Create("class", (object?)of.ToString().ToLowerInvariant()))];

    private readonly Histogram<double> _turns;
    private readonly Counter<long> _commands;

    public TurnMeter(Meter meter)
    {
        // A turn aims at 20 ms (S-2), on PostgreSQL at 100.
        _turns = meter.CreateHistogram(
            "amble.writer.turn.duration", "s", "Write turns, by the classes of command in them.", tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5] });
        _commands = meter.CreateCounter<long>("amble.writer.commands", "{command}", "Commands that were stored or set aside, by class.");
    }

    public void Ended(WriterTurn turn, TimeSpan took)
    {
        Span<int> counts = stackalloc int[_classes.Length];
        foreach (var command in turn.Commands) counts[(int)command.Priority]++;
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] == 0) continue;
            _turns.Record(took.TotalSeconds, _classes[i]);
            _commands.Add(counts[i], _classes[i]);
        }
    }
}
