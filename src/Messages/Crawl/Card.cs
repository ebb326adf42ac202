namespace Amble.Messages;

/// <summary>What has a card. The numbers are the store's.</summary>
public enum CardKind { Page = 0, Site = 1, Job = 2 }

/// <summary>One thing that has a card.</summary>
/// <param name="Id">Of a page its <see cref="PageId"/>, of a job its <see cref="JobId"/>, of a site the number that the writer gave its domain.</param>
public readonly record struct CardSubject(CardKind Kind, long Id)
{
    public static CardSubject Of(PageId page) => new(CardKind.Page, page.Value);

    public static CardSubject Of(JobId job) => new(CardKind.Job, job.Value);

    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"the {Kind.ToString().ToLowerInvariant()} {Id}");
}

/// <summary>What became of a thing's card: it is named, or its drawing failed, or the thing is gone.</summary>
/// <param name="Hash">The card that it has from now on; null leaves it the one that it had.</param>
/// <param name="Failures">In a row; 0 for one that was drawn.</param>
/// <param name="RetryAt">Of one that failed: not before then.</param>
/// <param name="Error">Of one that failed, in a few words.</param>
public sealed record CardMark(CardSubject Subject, string? Hash, int Failures, DateTimeOffset? RetryAt, string? Error)
{
    public static CardMark Named(CardSubject subject, string hash) => new(subject, hash, 0, null, null);

    /// <summary>The thing is gone: it names no card any more.</summary>
    public static CardMark Forgotten(CardSubject subject) => new(subject, null, 0, null, null);
}
