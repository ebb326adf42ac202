using System.Globalization;

namespace Amble.Behaviours.Cards;

/// <summary>
/// How a growing count is printed on a card, so that the card changes seldom (D-4): up to 9 as it is; then by its first digit, 10+, 90+,
/// 100+, 900+; from a thousand on cut, never rounded up, with one decimal below ten: 1k, 1.2k, 12k, 999k, 1M, 1.2M, 12M, 1B.
/// </summary>
public static class CardLabel
{
    public static string Of(long count) => count switch
    {
        < 10 => Text(Math.Max(0, count)),
        < 100 => $"{Text(count / 10 * 10)}+",
        < 1_000 => $"{Text(count / 100 * 100)}+",
        < 1_000_000 => Cut(count, 1_000, "k"),
        < 1_000_000_000 => Cut(count, 1_000_000, "M"),
        _ => Cut(count, 1_000_000_000, "B"),
    };

    /// <summary>"900+ views"; empty when there were none.</summary>
    public static string Views(long count) => count <= 0 ? "" : count == 1 ? "1 view" : $"{Of(count)} views";

    private static string Cut(long count, long unit, string name)
    {
        var tenths = count / (unit / 10);
        return tenths >= 100 || tenths % 10 == 0 ? $"{Text(count / unit)}{name}" : $"{Text(tenths / 10)}.{Text(tenths % 10)}{name}";
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
