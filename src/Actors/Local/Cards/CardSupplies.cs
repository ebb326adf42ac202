using Amble.Behaviours.Cards;
using Amble.Behaviours.Ports;

namespace Amble.Local.Cards;

/// <summary>What a node's cards are made with, beside its clock and its writer.</summary>
/// <param name="Artist">Comes when its fonts are there; null when nothing can draw.</param>
/// <param name="OnFault">Told of what threw, and whom it met: a bug, contained.</param>
public sealed record CardSupplies(
    CardSettings Settings, Task<ICardArtist?> Artist, ICardReads Cards, IPageReads Pages, IReportReads Reports, IPageLists Lists, Action<string, Exception> OnFault)
{
    /// <summary>What is drawn first, and what a card prints of it.</summary>
    public IViewCounts Views { get; init; } = NoViewCounts.Instance;
}
