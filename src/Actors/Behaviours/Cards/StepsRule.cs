namespace Amble.Behaviours.Cards;

/// <summary>
/// The trail of a card: 40 steps, each the colour of a status class, as many of each as its share of the pages and spread evenly. A class that
/// has any page has a step, so that one broken page of a million is seen. Ties go to the class that is named first.
/// </summary>
public static class StepsRule
{
    public const int Count = 40;

    /// <summary>A page's trail leads to it: it says nothing of classes.</summary>
    public static readonly string ToPage = new string(Plain, Count - 9) + Here + new string(Plain, 8);

    public const char Ok = 'o';
    public const char Redirected = 'r';
    public const char Refused = 'f';
    public const char Broken = 'b';
    public const char Unknown = 'u';
    public const char Plain = '.';
    public const char Here = 'h';

    private static readonly char[] Letters = [Ok, Redirected, Refused, Broken, Unknown];

    public static string Of(PageCounts pages)
    {
        if (pages.All == 0) return new string(Plain, Count);
        var shares = Shares([pages.Ok, pages.Redirected, pages.Refused, pages.Broken, pages.Unknown], pages.All);
        var laid = new int[shares.Length];
        return string.Create(Count, (shares, laid), static (steps, state) =>
        {
            for (var at = 0; at < Count; at++)
            {
                var most = 0;
                for (var kind = 1; kind < Letters.Length; kind++)
                    if (Behind(state.shares[kind], state.laid[kind], at) > Behind(state.shares[most], state.laid[most], at)) most = kind;
                state.laid[most]++;
                steps[at] = Letters[most];
            }
        });
    }

    // How far a class is behind its even pace at the middle of this step, in steps times twice the count.
    private static int Behind(int share, int laid, int at) => laid == share ? int.MinValue : share * (2 * at + 1) - laid * 2 * Count;

    // At least one for each that is there; what that is too much, the largest gives.
    private static int[] Shares(long[] pages, long all)
    {
        var shares = pages.Select(count => count == 0 ? 0 : Math.Max(1, (int)((Int128)count * Count / all))).ToArray();
        var largest = Array.IndexOf(pages, pages.Max());
        shares[largest] += Count - shares.Sum();
        return shares;
    }
}
