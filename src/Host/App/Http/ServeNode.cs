using Amble.App.Cards;
using Amble.App.Settings;

namespace Amble.App.Http;

/// <summary>What the routes serve.</summary>
/// <param name="Tokens">Says which token opens state-changing routes.</param>
public sealed record ServeNode(INode Node, EffectiveSettings Settings, TokenFile Tokens)
{
    /// <summary>What draws cards.</summary>
    public CardPainting Cards { get; init; } = CardPainting.Off;
}
