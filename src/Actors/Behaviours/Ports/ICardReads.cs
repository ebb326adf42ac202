using Amble.Messages;

namespace Amble.Behaviours.Ports;

/// <summary>What the store has of cards. Every answer is a committed state, collected before it is given: no cursor stays open (D-5).</summary>
public interface ICardReads
{
    /// <summary>Null when the thing has no card and none has failed.</summary>
    CardStanding? ReadStanding(CardSubject subject);

    /// <summary>A card's picture; null when it is not there.</summary>
    byte[]? ReadCard(string hash);

    bool HasCard(string hash);

    /// <summary>The site's number; null when its domain is not known.</summary>
    CardSubject? FindSite(DomainName domain);

    DomainName? ReadSite(CardSubject site);

    /// <summary>Visited pages of a job that never had a card, by page id; those that failed are there again once their wait is over.</summary>
    IReadOnlyList<PageId> ReadUncarded(JobId job, DateTimeOffset now, int limit);

    /// <summary>How many pages of a job never had a card.</summary>
    long CountUncarded(JobId job);

    /// <summary>Jobs whose pages could not all be drawn, newest first, with how many are left.</summary>
    IReadOnlyList<(JobId Job, long Left)> ReadLeft(int limit);

    /// <summary>Things that have a card, in a fixed order, after one of them.</summary>
    IReadOnlyList<(CardSubject Subject, string Hash)> ReadNamed(CardSubject? after, int limit);

    /// <summary>Counts by reading the table of cards, without their pictures.</summary>
    CardSums ReadCardSums(DateTimeOffset now);
}

/// <param name="Hash">The card that it has; null when it never had one.</param>
/// <param name="Failures">In a row.</param>
/// <param name="RetryAt">Of one that failed: not drawn before then.</param>
public sealed record CardStanding(string? Hash, int Failures, DateTimeOffset? RetryAt, string? Error);

/// <param name="Cards">Pictures in the store.</param>
/// <param name="Bytes">Of all of them.</param>
/// <param name="Unnamed">Pictures that nothing names any more.</param>
/// <param name="Named">Things that have a card.</param>
/// <param name="Failing">Things whose last drawing failed.</param>
/// <param name="Waiting">Of these, whose wait is not over.</param>
/// <param name="Left">Pages that ended jobs carry over.</param>
public readonly record struct CardSums(long Cards, long Bytes, long Unnamed, long Named, long Failing, long Waiting, long Left);

/// <summary>How often things were looked at: what is drawn first, and what a card prints.</summary>
public interface IViewCounts
{
    /// <summary>One number for each, in their order; 0 for what nobody counted.</summary>
    IReadOnlyList<long> ViewsOf(IReadOnlyList<CardSubject> subjects);
}

/// <summary>Nobody counts views.</summary>
public sealed class NoViewCounts : IViewCounts
{
    public static NoViewCounts Instance { get; } = new();

    public IReadOnlyList<long> ViewsOf(IReadOnlyList<CardSubject> subjects) => new long[subjects.Count];
}
