using Amble.Behaviours.Runtime;

namespace Amble.Wire.Link;

/// <summary>How much a node has under way to the writer, and how long it waits before it asks what became of it.</summary>
/// <param name="Window">Numbers from the oldest unanswered to the newest sent. Fewer: a far writer is used less; more: it holds more for each node.</param>
/// <param name="WindowBytes">Roughly what they may hold in memory. Less: the same.</param>
/// <param name="AnswerWithin">Nothing answered for this long: the node asks, with one small message. Shorter: a lost message or a new writer is noticed sooner.</param>
/// <param name="Silence">A node that said nothing for this long is forgotten by the writer. Longer: a dead node's answers are kept longer.</param>
public sealed record LinkSettings(int Window, long WindowBytes, TimeSpan AnswerWithin, TimeSpan Silence)
{
    public static LinkSettings Default { get; } = new(256, 4L << 20, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(2));

    /// <summary>Everything that is wrong with these settings, at once; empty when all is well.</summary>
    public static IReadOnlyList<SettingProblem> Problems(LinkSettings s)
    {
        var checks = new SettingChecks("WriterLink");
        checks.Between(nameof(Window), s.Window, 1, 65_536);
        checks.Between(nameof(WindowBytes), s.WindowBytes, 64L << 10, 1L << 30);
        checks.Between(nameof(AnswerWithin), s.AnswerWithin, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        checks.Between(nameof(Silence), s.Silence, s.AnswerWithin, TimeSpan.FromHours(1), leastBy: nameof(AnswerWithin));
        return checks.Problems;
    }
}
