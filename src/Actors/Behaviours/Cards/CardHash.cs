namespace Amble.Behaviours.Cards;

/// <summary>A card's key as it stands in addresses.</summary>
public static class CardHash
{
    public static bool Is(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigitLower);
}
