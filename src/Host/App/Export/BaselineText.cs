using Amble.App.Cli;

namespace Amble.App.Export;

/// <summary>What a baseline says to people: how many broken links are new, known or fixed, and which are new.</summary>
public static class BaselineText
{
    public static void Write(TextWriter to, BaselineComparison compared)
    {
        to.WriteLine();
        to.WriteLine($"Beside the baseline {TerminalText.Clean(compared.Baseline.File)}: {Quantity.Of(compared.New, "new broken link")}, {Quantity.Number(compared.Known)} known, {Quantity.Number(compared.Fixed)} fixed{(compared.Fixed > 0 ? " (or not visited this time)" : "")}");
        if (compared.Baseline.IsCut)
        {
            to.WriteLine($"  The baseline is a SARIF file that names not all links, so some that are told as new may not be; a JSON export is better.");
        }
        foreach (var link in compared.Examples)
        {
            var anchor = TerminalText.Clean(link.Anchor, 80);
            to.WriteLine($"  {TerminalText.Clean(link.Target.Outcome),-18} {TerminalText.Clean(link.Target.Url)}");
            if (link.Source.Length > 0)
            {
                to.WriteLine($"  {"",-18}   linked from {TerminalText.Clean(link.Source)}{(anchor.Length > 0 ? $" as \"{anchor}\"" : "")}");
            }
        }
        if (compared.New > compared.Examples.Count)
        {
            to.WriteLine($"  and {Quantity.Number(compared.New - compared.Examples.Count)} more");
        }
    }
}
