using Amble.App.Cards;
using Amble.App.Settings;
using Amble.Behaviours.Cards;

namespace Amble.App.Http;

/// <summary>What the routes serve.</summary>
/// <param name="Tokens">Says which token opens state-changing routes.</param>
public sealed record ServeNode(INode Node, EffectiveSettings Settings, TokenFile Tokens)
{
    /// <summary>What draws cards.</summary>
    public CardPainting Cards { get; init; } = CardPainting.Off;

    /// <summary>Who draws the card that stands in for those that are missing; null draws none.</summary>
    public Task<ICardArtist?> Artist { get; init; } = Task.FromResult<ICardArtist?>(null);
}
