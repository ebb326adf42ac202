using Amble.Messages;

namespace Amble.Behaviours.Writing;

/// <summary>
/// What a command will cost, learned from turns. Each kind of command has a rate, in milliseconds per row; a command costs its rate times
/// its weight. Only a whole turn can be timed, so after a turn each of its kinds moves its rate towards what would have explained the
/// turn, by as much as it took part in it. One turn changes a rate by at most a factor of two either way: a checkpoint or a busy
/// machine is not the command's fault.
/// </summary>
public sealed class TurnCost
{
    /// <summary>A command is expected to take this long before any was timed.</summary>
    public const double FirstGuessMilliseconds = 0.05;

    private const double Learning = 0.3;
    private const double Least = 0.0005;
    private const double Most = 1_000;

    private readonly Dictionary<Type, double> _rates = [];

    /// <summary>Expected milliseconds of the writer's clock.</summary>
    public double Of(WriterProtocol.ICommand command) => _rates.GetValueOrDefault(command.GetType(), FirstGuessMilliseconds) * CommandSize.Weight(command);

    /// <summary>A turn of these commands took this long.</summary>
    public void Learn(IReadOnlyList<WriterProtocol.ICommand> commands, TimeSpan took)
    {
        var expected = commands.GroupBy(command => command.GetType()).ToDictionary(kind => kind.Key, kind => kind.Sum(Of));
        var total = expected.Values.Sum();
        if (total <= 0) return;
        var factor = Math.Clamp(took.TotalMilliseconds / total, 0.5, 2);
        foreach (var (kind, part) in expected)
        {
            var rate = _rates.GetValueOrDefault(kind, FirstGuessMilliseconds);
            _rates[kind] = Math.Clamp(rate * (1 + Learning * (part / total) * (factor - 1)), Least, Most);
        }
    }
}
