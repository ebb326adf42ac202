using Amble.Messages;

namespace Amble.Behaviours.Ports;

/// <summary>
/// The cards of one node (DESIGN.md section 4): on demand when a page without one is looked at, in rounds at a job's end, by the clock
/// and by command. Whoever looks at a page never waits for any of it.
/// </summary>
public interface ICards : IAsyncDisposable
{
    /// <summary>False where nothing can draw, or nobody wants it: pages have no cards, and jobs end as they did.</summary>
    bool IsOn { get; }

    /// <summary>Who draws; null when nobody does, or its fonts are still being opened.</summary>
    string? Painter { get; }

    /// <summary>
    /// Begins to draw a card on demand, and returns at once. False when it is skipped: the slots are taken, it is being drawn, it has
    /// just failed, or the writer is behind. Nothing is kept of what is skipped; a later visit offers it again (C-2, C-3).
    /// </summary>
    bool Offer(CardSubject subject);

    /// <summary>Draws what a job's end draws, within the budget that this has; never throws. Stopped, it answers early.</summary>
    Task DrawAtEndAsync(JobId job, CancellationToken stop);

    /// <summary>Draws in a round that ends with its budget, at the latest. A card that fails, and a store that does not answer, do not throw.</summary>
    /// <param name="tell">Told after each card.</param>
    /// <exception cref="OperationCanceledException">It was stopped between two cards.</exception>
    Task<CardProgress> DrawAsync(CardRound round, Action<CardProgress> tell, CancellationToken stop);

    /// <summary>To be called now and then on one node of all: carries on with what was left over, redraws by night, clears up.</summary>
    void Tick();

    /// <summary>From memory, at any time.</summary>
    CardCounts Counts { get; }

    /// <summary>Begins nothing more, and lets what is under way end within the deadline.</summary>
    Task DrainAsync(TimeSpan deadline);
}

/// <summary>Cards that are drawn one after the other, within a budget.</summary>
public abstract record CardRound(TimeSpan Budget)
{
    /// <summary>The cards of a job that ends and of its site, then its pages that never had one, most viewed first (D-2, D-3).</summary>
    public sealed record JobEnd(JobId Job, TimeSpan Budget) : CardRound(Budget);

    /// <summary>Pages that never had one, of ended jobs.</summary>
    /// <param name="All">Of all jobs; else only of those that carried pages over.</param>
    public sealed record New(bool All, TimeSpan Budget) : CardRound(Budget);

    /// <summary>Cards that would print something else by now (D-4).</summary>
    public sealed record Changed(TimeSpan Budget) : CardRound(Budget);
}

/// <summary>How far a round is.</summary>
/// <param name="Looked">Things looked at.</param>
/// <param name="Drawn">Cards drawn and stored.</param>
/// <param name="Kept">Things that have the right card already.</param>
/// <param name="Failed">Cards that could not be drawn or stored.</param>
/// <param name="Left">Things at hand that the round has not come to: of one job, or one part of the cards.</param>
/// <param name="IsWhole">It came to the end of all that there is to look at.</param>
public readonly record struct CardProgress(long Looked, long Drawn, long Kept, long Failed, long Left, bool IsWhole = false);

/// <summary>Plain counters since the start of the process.</summary>
/// <param name="Offered">On demand, skipped ones included.</param>
/// <param name="Skipped">Of these, skipped.</param>
/// <param name="UnderWay">On-demand slots that are taken.</param>
/// <param name="Drawn">Cards drawn.</param>
/// <param name="Reused">Named without drawing: the same picture was there.</param>
/// <param name="Failed">Cards that the painter could not draw.</param>
/// <param name="TimedOut">Cards that took too long.</param>
/// <param name="Unsaved">Cards that the store did not take in time.</param>
/// <param name="Hung">Drawings that took too long and have not returned since.</param>
/// <param name="CarriedOver">Things that rounds had no time for.</param>
/// <param name="Dropped">Pictures taken away, since nothing named them.</param>
public readonly record struct CardCounts(
    long Offered, long Skipped, int UnderWay, long Drawn, long Reused, long Failed, long TimedOut, long Unsaved, int Hung, long CarriedOver, long Dropped);

/// <summary>Nobody draws: pages have no cards, and jobs end as they did.</summary>
public sealed class NoCards : ICards, ICardReads
{
    public static NoCards Instance { get; } = new();

    public bool IsOn => false;

    public string? Painter => null;

    public CardCounts Counts => default;

    public bool Offer(CardSubject subject) => false;

    public Task DrawAtEndAsync(JobId job, CancellationToken stop) => Task.CompletedTask;

    public Task<CardProgress> DrawAsync(CardRound round, Action<CardProgress> tell, CancellationToken stop) => Task.FromResult(default(CardProgress));

    public void Tick()
    {
    }

    public Task DrainAsync(TimeSpan deadline) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public CardStanding? ReadStanding(CardSubject subject) => null;

    public byte[]? ReadCard(string hash) => null;

    public bool HasCard(string hash) => false;

    public CardSubject? FindSite(DomainName domain) => null;

    public DomainName? ReadSite(CardSubject site) => null;

    public IReadOnlyList<PageId> ReadUncarded(JobId job, DateTimeOffset now, int limit) => [];

    public long CountUncarded(JobId job) => 0;

    public IReadOnlyList<(JobId Job, long Left)> ReadLeft(int limit) => [];

    public IReadOnlyList<(CardSubject Subject, string Hash)> ReadNamed(CardSubject? after, int limit) => [];

    public CardSums ReadCardSums(DateTimeOffset now) => default;
}
