using Amble.Behaviours.Ports;

namespace Amble.App.Pages;

/// <summary>The orders of a list: their names in addresses, and in words.</summary>
public static class SortWords
{
    public static IReadOnlyList<PageSort> All { get; } = [PageSort.Found, PageSort.Slowest, PageSort.Largest, PageSort.Deepest];

    public static string Name(PageSort sort) => sort.ToString().ToLowerInvariant();

    public static PageSort? Parse(string name) => All.Where(one => Name(one) == name).Select(one => (PageSort?)one).FirstOrDefault();

    public static string Words(PageSort sort) => sort switch
    {
        PageSort.Slowest => "slowest first",
        PageSort.Largest => "largest first",
        PageSort.Deepest => "deepest first",
        _ => "as they were found",
    };
}
