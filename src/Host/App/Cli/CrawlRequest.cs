using Amble.App.Settings;
using Amble.Messages;

namespace Amble.App.Cli;

/// <summary>A <c>crawl</c> command line that is right.</summary>
/// <param name="Starts">Start URLs, each once, in the order given.</param>
/// <param name="Remarks">What was made of the input, a sentence each.</param>
/// <param name="Warm">Fetch a second time where the first answer was a cache miss.</param>
/// <param name="Files">What is written at the end.</param>
/// <param name="CommandLine">What resumes this crawl, fit to be pasted.</param>
public sealed record CrawlRequest(
    IReadOnlyList<PageUrl> Starts, IReadOnlyList<string> Remarks, JobLimits Limits, EffectiveSettings Settings, bool Unpaced, bool Warm, CrawlFiles Files, string CommandLine)
{
    public IEnumerable<NewJob> Jobs() => Starts.Select(start => new NewJob(start, Limits, Settings.Concurrency, Unpaced, Warm));

    public NodeSettings Node() => Settings.Node(Settings.Concurrency, Starts);
}
