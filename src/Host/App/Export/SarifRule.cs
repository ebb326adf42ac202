namespace Amble.App.Export;

/// <summary>What a SARIF result is about.</summary>
/// <param name="Index">Its place in <see cref="All"/>.</param>
public sealed record SarifRule(string Id, int Index, string Name, string Level, string Short, string Help)
{
    /// <summary>The name of the fingerprint by which results are known across runs, see <see cref="LinkKey"/>.</summary>
    public const string Fingerprint = "ambleFinding/v1";

    public static SarifRule BrokenLink { get; } = new(
        "broken-link", 0, "BrokenLink", "error", "A page links to something that is broken.",
        "The target answered 4xx or 5xx after all retries, or its host, TLS or port did not. Mend the target or the link.");

    public static SarifRule RedirectChain { get; } = new(
        "redirect-chain", 1, "RedirectChain", "note", "A redirect leads to another redirect.",
        "Each step costs every visitor a round trip. Let the first redirect name the last target.");

    public static IReadOnlyList<SarifRule> All { get; } = [BrokenLink, RedirectChain];
}
