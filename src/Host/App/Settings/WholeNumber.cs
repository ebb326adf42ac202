using System.Globalization;

namespace Amble.App.Settings;

/// <summary>Whole numbers as people write them on a command line: digits only.</summary>
public static class WholeNumber
{
    public static string Between(int least, int most) =>
        most == int.MaxValue ? $"a whole number of at least {least}" : string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most:N0}");

    public static bool TryParse(string? text, int least, int most, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most;
}
