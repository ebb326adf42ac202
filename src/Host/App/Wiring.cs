using Amble.App.Settings;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App;

/// <summary>A crawler with its store: what a command opens, uses and closes.</summary>
public interface INode : IAsyncDisposable
{
    ICrawlRuntime Runtime { get; }

    IPageReads Reads { get; }
}

/// <summary>What a node is opened with.</summary>
/// <param name="Directory">The data directory; it exists and this process holds its lock.</param>
/// <param name="MaxInFlight">Most requests in flight for all jobs together; null leaves it to each job.</param>
/// <param name="BarrenFor">A domain without one good answer for this long ends its job as blocked (P-13+).</param>
/// <param name="Only">Start URLs whose unfinished jobs are taken up; other jobs stay as they are and none of their domains is woken. Null takes up all.</param>
/// <param name="Brisk">The demo's pace: it starts at 300 ms, since nobody else uses that site.</param>
/// <param name="Contact">The URL in the user agent that tells site owners about this crawler; null for the usual one.</param>
public sealed record NodeSettings(
    string Directory, bool AllowPrivate, HostPort? ConnectTo, int? MaxInFlight, TimeSpan BarrenFor, IReadOnlyList<PageUrl>? Only, bool Brisk, string? Contact);

/// <summary>The one place where store, web and runtime are put together.</summary>
public static class Wiring
{
    /// <exception cref="StoreUnavailableException">The store in the directory cannot be opened.</exception>
    /// <exception cref="IOException">The directory cannot be used.</exception>
    public static INode OpenNode(NodeSettings settings) =>
        throw new StoreUnavailableException($"This build has no store yet, so '{settings.Directory}' cannot be opened.", full: false);
}
