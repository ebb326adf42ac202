using Amble.Behaviours.Crawl;
using Amble.Behaviours.Jobs;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Runtime;
using Amble.Messages;

namespace Amble.Local;

/// <summary>
/// Carries out the work of one life of one entity, and remembers its permits: those of a life that ended in a crash go back, and what such
/// a life had begun is no longer heard.
/// </summary>
public sealed class Errands(Outside outside)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<JobId, (int Flights, int Hands)> _held = [];
    private bool _over;

    /// <summary>Begins work; whatever comes of it is posted to <paramref name="post"/>, which says false when nobody is there any more.</summary>
    public void Begin(IWork work, Func<object, bool> post)
    {
        switch (work)
        {
            case DomainWork.AskPermit w: outside.Permits.Ask(w.Job, w.Concurrency, () => Granted(w.Job, post)); break;
            case DomainWork.FlightEnded w: EndFlight(w.Job); break;
            case DomainWork.HandEmptied w: EmptyHand(w.Job); break;
            case DomainWork.Fetch w: _ = FetchAsync(w, post); break;
            case DomainWork.Write w: outside.Writer.Take(w.Command, reply => post(reply)); break;
            case DomainWork.LoadDomain w: Read(w, () => new DomainWork.DomainLoaded(outside.Reads.ReadDomain(w.Domain)), post); break;
            case DomainWork.LoadWindow w: Read(w, () => new DomainWork.WindowLoaded(outside.Reads.ReadWindow(w.Domain, outside.Scheduler.Now, w.Limit), w.Limit), post); break;
            case JobWork.Write w: outside.Writer.Take(w.Command, reply => { post(reply); outside.JobAnswered(reply); }); break;
            case JobWork.LoadOpenDomains w: Read(w, () => new JobWork.OpenDomainsLoaded(outside.Reads.ReadOpenDomains(w.Job)), post); break;
            case JobWork.LoadOpenUnits w: Read(w, () => new JobWork.UnitsLoaded(outside.Reads.ReadOpenUnits(w.Job, w.Limit, w.After)), post); break;
            case JobWork.LoadRetryUnits w: Read(w, () => new JobWork.UnitsLoaded(outside.Reads.ReadRetryUnits(w.Job, w.Limit, w.After)), post); break;
            case JobWork.WriteReport w: new ReportWriting(outside, w, post).Begin(); break;
            default: throw new InvalidOperationException($"No way to begin {work.GetType().Name}.");
        }
    }

    /// <summary>The life is over, with work under way.</summary>
    public void Abandon()
    {
        (JobId Job, int Flights, int Hands)[] held;
        lock (_gate)
        {
            _over = true;
            held = [.. _held.Select(h => (h.Key, h.Value.Flights, h.Value.Hands))];
            _held.Clear();
        }
        foreach (var (job, flights, hands) in held)
        {
            for (var i = 0; i < flights; i++) outside.Permits.EndFlight(job);
            for (var i = 0; i < hands; i++) outside.Permits.EmptyHand(job);
        }
    }

    private void Granted(JobId job, Func<object, bool> post)
    {
        lock (_gate)
        {
            var held = _held.GetValueOrDefault(job);
            if (!_over) _held[job] = (held.Flights + 1, held.Hands + 1);
        }
        if (_over || !post(new DomainWork.PermitGranted(job)))
        {
            EndFlight(job);
            EmptyHand(job);
        }
    }

    private void EndFlight(JobId job)
    {
        lock (_gate)
        {
            if (!_over) Less(job, 1, 0);
        }
        outside.Permits.EndFlight(job);
    }

    private void EmptyHand(JobId job)
    {
        lock (_gate)
        {
            if (!_over) Less(job, 0, 1);
        }
        outside.Permits.EmptyHand(job);
    }

    private void Less(JobId job, int flights, int hands)
    {
        var held = _held.GetValueOrDefault(job);
        held = (held.Flights - flights, held.Hands - hands);
        if (held == default) _held.Remove(job);
        else _held[job] = held;
    }

    private async Task FetchAsync(DomainWork.Fetch work, Func<object, bool> post)
    {
        try
        {
            void Left(DateTimeOffset at) { if (work.TellLeaving) post(new DomainWork.Left(work.Ticket, at)); }
            var request = work.Copy is { } page ? work.Request with { Copy = await CopyAsync(page).ConfigureAwait(false) } : work.Request;
            var outcome = await (work.Sitemap is { } unit
                ? outside.Web.FetchSitemapAsync(request, Left, part => StoreAsync(unit, part, post), outside.Stopping)
                : outside.Web.FetchAsync(request, Left, outside.Stopping)).ConfigureAwait(false);
            post(new DomainWork.Fetched(work.Ticket, outcome));
        }
        catch (OperationCanceledException) when (outside.Stopping.IsCancellationRequested)
        {
            // The process ends; the unit is still open in the store.
        }
        // A fetcher that throws has met something it does not know; the entity must not wait for it for ever.
        catch (Exception surprise)
        {
            outside.OnFault(work.Request.Url.Text, surprise);
            post(new DomainWork.Fetched(work.Ticket, new FetchOutcome.Failed(outside.Scheduler.Now, TimeSpan.Zero, default, FetchFailure.BadAnswer, surprise.Message)));
        }
    }

    // Read before the request is sent: whatever expires while it is under way, a 304 finds all that it stands for.
    private Task<PageCopy?> CopyAsync(PageId page)
    {
        var read = new TaskCompletionSource<PageCopy?>();
        outside.Scheduler.RunBlocking(() =>
        {
            PageCopy? copy = null;
            try
            {
                copy = outside.Reads.ReadCopy(page);
            }
            catch (StoreUnavailableException)
            {
                // Without its copy the page is asked for in full.
            }
            outside.Scheduler.Run(() => read.TrySetResult(copy));
        });
        return read.Task;
    }

    // One part at a time: a long sitemap waits for its turn like everybody else, and is never in memory as a whole.
    private Task<bool> StoreAsync(UnitKey unit, FoundPart part, Func<object, bool> post)
    {
        var stored = new TaskCompletionSource<bool>();
        outside.Writer.Take(new WriterProtocol.SaveLinks(unit, part.Number, part.Found, part.Excluded, outside.Scheduler.Now), reply =>
        {
            var goOn = post(reply) && reply is not WriterProtocol.LinksSaved { JobTakesNoMore: true };
            outside.Scheduler.Run(() => stored.TrySetResult(goOn));
        });
        return stored.Task;
    }

    private void Read(IWork work, Func<object> read, Func<object, bool> post) => outside.Scheduler.RunBlocking(() =>
    {
        object answer;
        try
        {
            answer = read();
        }
        catch (StoreUnavailableException trouble)
        {
            answer = new WorkFailed(work, trouble.Message);
        }
        outside.Scheduler.Run(() => post(answer));
    });
}
