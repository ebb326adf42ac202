using Amble.Behaviours.Ports;
using Amble.Local;
using Amble.Messages;

namespace Amble.Actors.Specs.Local;

/// <summary>Answers every request after 100 ms, well or as it is told to.</summary>
internal sealed class ScriptedWeb(IScheduler scheduler) : IWeb
{
    public List<PageUrl> Asked { get; } = [];
    public List<PageCopy?> Copies { get; } = [];
    public List<DateTimeOffset> AskedAt { get; } = [];

    /// <summary>What is answered cannot be connected to for good.</summary>
    public bool Fails { get; set; }

    public bool Throws { get; set; }

    public bool Hangs { get; set; }

    public bool WasStopped { get; private set; }

    /// <summary>It has no sitemaps: what is there is no list of URLs.</summary>
    public Task<FetchOutcome> FetchSitemapAsync(FetchRequest request, IDeparture departure, StorePart store, CancellationToken stop) => FetchAsync(request, departure, stop);

    public Task<FetchOutcome> FetchAsync(FetchRequest request, IDeparture departure, CancellationToken stop)
    {
        Asked.Add(request.Url);
        Copies.Add(request.Copy);
        AskedAt.Add(scheduler.Now);
        if (Throws) throw new InvalidOperationException("A fetcher's own fault.");
        departure.Left(scheduler.Now);
        var answer = new TaskCompletionSource<FetchOutcome>();
        stop.Register(() => { WasStopped = true; answer.TrySetCanceled(stop); });
        var from = scheduler.Now;
        var took = TimeSpan.FromMilliseconds(100);
        if (!Hangs) scheduler.RunAt(from + took, () => answer.TrySetResult(Outcome(from, took)));
        return answer.Task;
    }

    private FetchOutcome Outcome(DateTimeOffset from, TimeSpan took) => Fails
        ? new FetchOutcome.Failed(from, took, default, FetchFailure.Tls, "The certificate has expired.")
        : new FetchOutcome.Answered(from, took, default, 200, 10, "text/html", null, [], null, null, "", null, null);
}
