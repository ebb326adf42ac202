using Amble.Local.Cards;

namespace Amble.Actors.Specs.Local.Cards;

/// <summary>The flow of the one-process runtime keeps the contract of cards.</summary>
public sealed class LocalCardSpecs : CardContract
{
    private protected override ICardFlow OpenFlow(int slots) => new LocalCardFlow();
}
