using PuppeteerSharp;
using PuppeteerSharp.PageAccessibility;
using Xunit;

namespace Amble.Browser.Specs.Judging;

/// <summary>Whether everybody can use a page: on a phone, in the dark, with a keyboard, with a screen reader.</summary>
internal static class Judge
{
    private static readonly string Script = Load();
    private static readonly string[] Named =
        ["link", "button", "textbox", "searchbox", "combobox", "listbox", "checkbox", "radio", "progressbar", "table", "image", "navigation", "figure"];

    /// <summary>All that can be judged without touching it.</summary>
    public static async Task AssertGoodAsync(Tab tab)
    {
        Assert.Empty(tab.Complaints);
        foreach (var question in new[] { "width", "headings", "tables", "labels", "contrast" })
        {
            Assert.Empty(await FaultsAsync(tab, question));
        }
        Assert.Empty(await NamelessAsync(tab));
    }

    /// <summary>What is wrong in this respect, in sentences.</summary>
    public static Task<string[]> FaultsAsync(Tab tab, string question) => tab.AskAsync<string[]>($"({Script}).{question}()");

    /// <summary>What a screen reader could only call by its kind.</summary>
    public static async Task<IReadOnlyList<string>> NamelessAsync(Tab tab)
    {
        var tree = await tab.Page.Accessibility.SnapshotAsync(new AccessibilitySnapshotOptions { InterestingOnly = false });
        return [.. Everything(tree).Where(node => Named.Contains(node.Role, StringComparer.OrdinalIgnoreCase) && string.IsNullOrWhiteSpace(node.Name)).Select(node => $"A {node.Role} has no name.")];
    }

    /// <summary>Goes through a page by the Tab key alone: first past the way around, then to all there is, in order, always seen.</summary>
    public static async Task AssertKeyboardAsync(Tab tab)
    {
        var expected = await tab.AskAsync<string[]>($"({Script}).reachable()");
        var reached = new List<string>();
        for (var i = 0; i < expected.Length; i++)
        {
            await tab.PressAsync("Tab");
            var focus = await tab.AskAsync<Focus?>($"({Script}).focus()");
            Assert.NotNull(focus);
            Assert.True(focus.IsShown, $"{focus.Name} has the focus, and nobody sees it.");
            reached.Add(focus.Name);
        }
        Assert.Equal(expected, reached);
        Assert.Contains("Skip to content", reached[0], StringComparison.Ordinal);
    }

    private sealed record Focus(string Name, bool IsShown);

    private static IEnumerable<SerializedAXNode> Everything(SerializedAXNode node) => (node.Children ?? []).SelectMany(Everything).Prepend(node);

    private static string Load()
    {
        using var stream = typeof(Judge).Assembly.GetManifestResourceStream("judge.js")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd();
    }
}
