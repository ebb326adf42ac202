using Amble.App.Web;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Simulation.Specs;

/// <summary>The scripted web as one life of the process sees it; answers to a process that died are lost, but the sites have seen its requests.</summary>
internal sealed class SimWeb(SimScheduler scheduler, SimScheduler.Incarnation process, int incarnation, IReadOnlyDictionary<string, SimSite> sites, LifeRecord record, Random chance) : IWeb
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(30);

    /// <summary>Small, so that a life sees many parts; the size does not change what is right.</summary>
    private const int Part = 3;

    /// <summary>What every page tells its readers.</summary>
    public static readonly PageFacts Facts = new("About", "Heading", 1, 70);

    public async Task<FetchOutcome> FetchSitemapAsync(FetchRequest request, IDeparture departure, StorePart store, CancellationToken stop)
    {
        var outcome = await FetchAsync(request, departure, stop);
        if (outcome is not FetchOutcome.Answered { Status: 200 } answered || !sites[request.Url.Host].Pages.TryGetValue(request.Url.PathAndQuery, out var page)) return outcome;
        var read = await SitemapReader.ReadAsync(new MemoryStream(page.Sitemap ?? []), [], request, ScopeRule.Of(request.Job), Part, store, stop);
        return answered with { Sitemap = read.Content, Content = null };
    }

    public Task<FetchOutcome> FetchAsync(FetchRequest request, IDeparture departure, CancellationToken stop)
    {
        var outcome = new TaskCompletionSource<FetchOutcome>();
        record.Begun();
        if (!sites.TryGetValue(request.Url.Host, out var site) || site.Manners.Unreachable)
        {
            process.At(scheduler.Now, () => Complete(outcome, request, new FetchOutcome.Failed(process.Now, TimeSpan.Zero, default, FetchFailure.NoSuchHost, "There is no such host.")));
            return outcome.Task;
        }
        // Now and then a connection has to be made first, which takes its time before anything leaves.
        var leaves = scheduler.Now + TimeSpan.FromMilliseconds(chance.Next(4) == 0 ? chance.NextDouble() * 120 : 0);
        process.At(leaves, () =>
        {
            if (!departure.May)
            {
                Complete(outcome, request, new FetchOutcome.NotSent(process.Now));
                return;
            }
            departure.Left(process.Now);
            Arrive(site, request, outcome);
        });
        return outcome.Task;
    }

    private void Arrive(SimSite site, FetchRequest request, TaskCompletionSource<FetchOutcome> outcome)
    {
        var (arrived, left) = (scheduler.Now, process.Now);
        var path = request.Url.PathAndQuery;
        var (status, page, retryAfter) = site.Answer(path, request.Copy?.Validators, arrived);
        var cut = status < 400 && chance.NextDouble() < site.Manners.CutShare;
        var takes = page is { Hangs: true } ? _deadline : TimeSpan.FromMilliseconds(status is 429 or 503 ? 5 : site.Manners.LatencyMs * (0.5 + chance.NextDouble()));
        site.Arrive(new Arrival(arrived, path, incarnation, cut ? 0 : page switch { { Hangs: true } => -1, { Challenge: true } => 403, _ => status }, arrived + takes, retryAfter, request.Kind == RequestKind.Warm, request.IsCheck));
        process.At(arrived + takes, () => Complete(outcome, request, cut
            ? new FetchOutcome.Failed(left, takes, default, FetchFailure.ConnectionCut, "The connection was cut.")
            : page is { Hangs: true }
                ? new FetchOutcome.Failed(left, takes, default, FetchFailure.Timeout, "No answer in time.")
                : Answered(site, request, status, page, retryAfter, left, takes)));
    }

    private void Complete(TaskCompletionSource<FetchOutcome> outcome, FetchRequest request, FetchOutcome result)
    {
        record.Ended(isOfUnit: request.Kind != RequestKind.Robots && !request.IsCheck);
        outcome.TrySetResult(result);
    }

    private static FetchOutcome.Answered Answered(SimSite site, FetchRequest request, int status, SimPage? page, TimeSpan? retryAfter, DateTimeOffset left, TimeSpan took)
    {
        var robots = request.Kind == RequestKind.Robots && status == 200 ? new RobotsBody(site.Manners.RobotsText) : null;
        var to = page?.Location is { } location ? PageUrl.Resolve(new Uri(request.Url.Text), location) : null;
        IReadOnlyList<string> wait = retryAfter is { } w ? [((long)w.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture)] : [];
        var answer = new FetchOutcome.Answered(
            left, took, default, status, status == 304 ? 10 : 100, "text/html", status is >= 300 and < 400 ? to : null, wait, null, page is { Challenge: true } ? "a gatekeeper" : null, "", null, robots);
        if (page is not { Location: null, Challenge: false } || status is not (200 or 304)) return answer;
        answer = answer with { Cache = site.PassCache(request.Url.PathAndQuery) };
        if (request.Kind == RequestKind.Warm) return answer;
        return status == 304
            ? answer with { Content = CopyRule.Content(request.Copy!, request.Url, request.Depth, ScopeRule.Of(request.Job), false, false), Unchanged = request.Copy, Validators = request.Copy!.Validators }
            : answer with { Content = Content(request, page), Validators = site.Manners.Conditional ? SimSite.ValidatorsOf(request.Url.PathAndQuery) : null };
    }

    // As the real reader does: what the scope takes in, each URL once, and what the limits keep out.
    private static PageContent Content(FetchRequest request, SimPage page)
    {
        var links = page.Links.Select(link => (Link: link, Url: PageUrl.Resolve(new Uri(request.Url.Text), link))).Where(link => link.Url is not null).DistinctBy(link => link.Url);
        Outlink[] outlinks = [.. links.Select(link => new Outlink(link.Url!, "to " + link.Link, false))];
        var (found, excluded) = FoundRule.Judge(outlinks, null, false, request.Url, request.Depth, ScopeRule.Of(request.Job));
        return new PageContent("A page", null, false, false, found, excluded, outlinks.Length, OutlinksPack.Pack(outlinks)) { Facts = Facts };
    }
}
