using Amble.Messages;

namespace Amble.Behaviours.Jobs;

/// <summary>A visit as far as it is counted.</summary>
/// <param name="Status">HTTP status, or minus the <see cref="FetchFailure"/>; null when it was never asked.</param>
/// <param name="Content">What was read; null where the visit was not ok.</param>
public readonly record struct SummedVisit(StatusClass Class, int? Status, int Depth, int Milliseconds, CacheStatus Cache, JudgedContent? Content);

/// <summary>What a page that was ok said, as far as it is judged.</summary>
/// <param name="Url">Its own.</param>
/// <param name="Canonical">Resolved; null when it names none.</param>
/// <param name="Facts">Null where they are not known: what they would tell is not judged.</param>
public sealed record JudgedContent(string Url, string? ContentType, string? Title, bool NoIndex, string? Canonical, PageFacts? Facts);
