namespace Amble.Behaviours.Politeness;

/// <summary>What a chart of a domain's requests is drawn from. All times count from the first start.</summary>
/// <param name="Width">Of one column.</param>
/// <param name="Columns">Those in which a request began.</param>
/// <param name="Refusals">Each from its first refused request until the site was quiet, with the requests that were refused.</param>
/// <param name="Blocks">When nothing was asked.</param>
public sealed record PolitenessPicture(TimeSpan Width, IReadOnlyList<GapColumn> Columns, IReadOnlyList<TimeBand> Refusals, IReadOnlyList<TimeBand> Blocks);

/// <param name="Number">From 0: it begins at so many widths.</param>
/// <param name="Least">The shortest of the gaps that ended in it; null when none did.</param>
/// <param name="Greatest">The longest of them.</param>
public readonly record struct GapColumn(int Number, long Requests, long Refused, TimeSpan? Least, TimeSpan? Greatest);

/// <param name="Count">Of a refusal: requests that were refused. Of a block: pauses; several where there were too many to tell each.</param>
public readonly record struct TimeBand(TimeSpan From, TimeSpan To, long Count);
