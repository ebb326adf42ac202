using System.Globalization;
using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>What one answer did to the pace, in words; nothing where it did nothing that people would look for.</summary>
internal static class PaceWords
{
    /// <param name="cause">The answer, fit to follow a colon.</param>
    public static IEnumerable<DecisionMade> Of(Pace before, Pace after, string cause, DateTimeOffset now)
    {
        if (after.Delay > before.Delay)
            yield return new(now, DecisionKind.Slowed, $"The delay goes from {Span(before.Delay)} to {Span(after.Delay)}: {cause}{(before.Probing ? " The probe was refused." : "")}");
        else if (after.Delay < before.Delay && after.Probing && !before.Probing)
            yield return new(now, DecisionKind.Probed, $"A delay of {Span(after.Delay)} is tried: the site refused at {Span(after.Refused!.Value)}, and {Span(before.Delay)} has stood {Span(before.ProbeWait)}.");
        else if (after.Delay < before.Delay)
            yield return new(now, DecisionKind.Quickened, $"The delay goes from {Span(before.Delay)} to {Span(after.Delay)}: enough good answers in a row.");
        if (after.Held is { } held && held != before.Held && after.Delay <= before.Delay)
            yield return new(now, DecisionKind.Held, $"The delay of {Span(held)} has stood its time; it is the one to come back to.");
        if (after.BlockedUntil is { } until && until > now && until != before.BlockedUntil)
            yield return new(now, DecisionKind.Blocked, $"Nothing is asked until {Instant(until)}: {after.BlockReason}.");
    }

    public static string Span(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###} s");

    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);
}
