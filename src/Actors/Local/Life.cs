using Amble.Behaviours.Crawl;
using Amble.Behaviours.Jobs;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Runtime;
using Amble.Messages;

namespace Amble.Local;

/// <summary>
/// One life of one entity: carries out its effects and remembers its permits, so that those of a life that ended in a crash go back, and
/// what such a life had begun is no longer heard.
/// </summary>
/// <param name="rebirth">What wakes the entity again after a crash.</param>
internal sealed class Life(World world, IEntities kin, Action rebirth) : ISurroundings
{
    private readonly Lock _gate = new();
    private readonly Dictionary<JobId, (int Flights, int Hands)> _held = [];
    private bool _over;

    public IScheduler Scheduler => world.Scheduler;

    public void Tell(object command) => world.Tell(command);

    public void Persist(IJournaled happened, Action done)
    {
        var memory = ((DomainEvent.Cautioned)happened).Memory;
        world.Writer.Take(new WriterProtocol.SaveMemory(memory, Scheduler.Now), _ => done());
    }

    public void Begin(IWork work, Func<object, bool> post)
    {
        switch (work)
        {
            case DomainWork.AskPermit w: world.Permits.Ask(w.Job, w.Concurrency, () => Granted(w.Job, post)); break;
            case DomainWork.FlightEnded w: EndFlight(w.Job); break;
            case DomainWork.HandEmptied w: EmptyHand(w.Job); break;
            case DomainWork.Fetch w: _ = FetchAsync(w, post); break;
            case DomainWork.Write w: world.Writer.Take(w.Command, reply => post(reply)); break;
            case DomainWork.LoadDomain w: Read(w, () => new DomainWork.DomainLoaded(world.Reads.ReadDomain(w.Domain)), post); break;
            case DomainWork.LoadWindow w: Read(w, () => new DomainWork.WindowLoaded(world.Reads.ReadWindow(w.Domain, Scheduler.Now, w.Limit), w.Limit), post); break;
            case JobWork.Write w: world.Writer.Take(w.Command, reply => { post(reply); world.Answered(reply); }); break;
            case JobWork.LoadOpenDomains w: Read(w, () => new JobWork.OpenDomainsLoaded(world.Reads.ReadOpenDomains(w.Job)), post); break;
            case JobWork.LoadOpenUnits w: Read(w, () => new JobWork.UnitsLoaded(world.Reads.ReadOpenUnits(w.Job, w.Limit, w.After)), post); break;
            case JobWork.LoadRetryUnits w: Read(w, () => new JobWork.UnitsLoaded(world.Reads.ReadRetryUnits(w.Job, w.Limit, w.After)), post); break;
            case JobWork.WriteReport w: new ReportWriting(world, w, post).Begin(); break;
            default: throw new InvalidOperationException($"No way to begin {work.GetType().Name}.");
        }
    }

    public void Asleep(string key) => kin.Forget(key);

    public void Crashed(string key, Exception exception)
    {
        (JobId Job, int Flights, int Hands)[] held;
        lock (_gate)
        {
            _over = true;
            held = [.. _held.Select(h => (h.Key, h.Value.Flights, h.Value.Hands))];
            _held.Clear();
        }
        kin.Remove(key);
        foreach (var (job, flights, hands) in held)
        {
            for (var i = 0; i < flights; i++) world.Permits.EndFlight(job);
            for (var i = 0; i < hands; i++) world.Permits.EmptyHand(job);
        }
        world.OnCrash(key, exception, rebirth);
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
        world.Permits.EndFlight(job);
    }

    private void EmptyHand(JobId job)
    {
        lock (_gate)
        {
            if (!_over) Less(job, 0, 1);
        }
        world.Permits.EmptyHand(job);
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
                ? world.Web.FetchSitemapAsync(request, Left, part => StoreAsync(unit, part, post), world.Stopping)
                : world.Web.FetchAsync(request, Left, world.Stopping)).ConfigureAwait(false);
            post(new DomainWork.Fetched(work.Ticket, outcome));
        }
        catch (OperationCanceledException) when (world.Stopping.IsCancellationRequested)
        {
            // The process ends; the unit is still open in the store.
        }
        // A fetcher that throws has met something it does not know; the entity must not wait for it for ever.
        catch (Exception surprise)
        {
            world.OnCrash(work.Request.Url.Text, surprise, null);
            post(new DomainWork.Fetched(work.Ticket, new FetchOutcome.Failed(Scheduler.Now, TimeSpan.Zero, default, FetchFailure.BadAnswer, surprise.Message)));
        }
    }

    // Read before the request is sent: whatever expires while it is under way, a 304 finds all that it stands for.
    private Task<PageCopy?> CopyAsync(PageId page)
    {
        var read = new TaskCompletionSource<PageCopy?>();
        Scheduler.RunBlocking(() =>
        {
            PageCopy? copy = null;
            try
            {
                copy = world.Reads.ReadCopy(page);
            }
            catch (StoreUnavailableException)
            {
                // Without its copy the page is asked for in full.
            }
            Scheduler.Run(() => read.TrySetResult(copy));
        });
        return read.Task;
    }

    // One part at a time: a long sitemap waits for its turn like everybody else, and is never in memory as a whole.
    private Task<bool> StoreAsync(UnitKey unit, FoundPart part, Func<object, bool> post)
    {
        var stored = new TaskCompletionSource<bool>();
        world.Writer.Take(new WriterProtocol.SaveLinks(unit, part.Number, part.Found, part.Excluded, Scheduler.Now), reply =>
        {
            var goOn = post(reply) && reply is not WriterProtocol.LinksSaved { JobTakesNoMore: true };
            Scheduler.Run(() => stored.TrySetResult(goOn));
        });
        return stored.Task;
    }

    private void Read(IWork work, Func<object> read, Func<object, bool> post) => Scheduler.RunBlocking(() =>
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
        Scheduler.Run(() => post(answer));
    });
}
