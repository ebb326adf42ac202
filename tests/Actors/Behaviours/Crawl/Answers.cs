using Amble.Behaviours.Crawl;
using Amble.Messages;

namespace Amble.Actors.Specs.Behaviours.Crawl;

/// <summary>A pace and its clock, moved on answer by answer; the words in which the pace specs speak.</summary>
public sealed class Answers(Pace pace, PaceSettings settings)
{
    public static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DomainMemory Blank = DomainMemory.Blank(DomainName.Of("site.example", 443));

    public Pace Pace { get; private set; } = pace;
    public DateTimeOffset Now { get; private set; } = Epoch;
    public double DelayMs => Pace.Delay.TotalMilliseconds;

    public static Answers NeverCrawled(PaceSettings? settings = null) => From(Blank, settings);

    public static Answers From(DomainMemory memory, PaceSettings? settings = null) =>
        new(Pace.Recover(memory, settings ?? PaceSettings.Default, Epoch), settings ?? PaceSettings.Default);

    /// <summary>A domain with this learned delay that is climbing and past its floor start.</summary>
    public static Answers Climbing(double delayMs) => From(Blank with { Delay = Ms(delayMs) }, PaceSettings.Default with { Floor = TimeSpan.Zero });

    public Answers Good(int times = 1, double gapMs = 100) => Give(AnswerKind.Good, times, gapMs);
    public Answers Refused(TimeSpan? retryAfter = null, double gapMs = 100) => Give(AnswerKind.Throttled, 1, gapMs, retryAfter);
    public Answers Error(int times = 1, double gapMs = 100) => Give(AnswerKind.Error, times, gapMs);
    public Answers Neutral(int times = 1) => Give(AnswerKind.Neutral, times, 100);

    /// <summary>An answer to a request that left before the last raise.</summary>
    public Answers Stale(AnswerKind kind, TimeSpan? retryAfter = null)
    {
        Now += Ms(1);
        Pace = PaceRule.After(Pace, new Answer(kind, Pace.RaisedAt!.Value - Ms(1), retryAfter), Now, settings);
        return this;
    }

    /// <summary>Good answers at the present delay until it changes; fails after 10,000.</summary>
    public Answers GoodUntilChange()
    {
        var before = Pace.Delay;
        for (var i = 0; Pace.Delay == before; i++)
        {
            if (i > 10_000) throw new InvalidOperationException($"The delay stays at {before}.");
            Good(1, before.TotalMilliseconds);
        }
        return this;
    }

    public static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);
    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private Answers Give(AnswerKind kind, int times, double gapMs, TimeSpan? retryAfter = null)
    {
        for (var i = 0; i < times; i++)
        {
            Now += Ms(gapMs);
            Pace = PaceRule.After(Pace, new Answer(kind, Now - Ms(Math.Min(50, gapMs / 2)), retryAfter), Now, settings);
        }
        return this;
    }
}
