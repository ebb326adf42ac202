using Amble.Behaviours.Crawl;
using Amble.Behaviours.Jobs;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Runtime;
using Amble.Messages;

namespace Amble.Local;

/// <summary>
/// Carries out the work of one life of one entity, and remembers its permits and under which epoch it owns its domain. Those of a life that
/// ended in a crash or with its lease go back, what such a life had begun is no longer heard, and nothing more of it leaves.
/// </summary>
public sealed class Errands(Outside outside)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<JobId, (int Flights, int Hands)> _held = [];
    private Hold? _owned;
    private CancellationTokenSource? _ending;
    private int _underWay;
    private bool _givesBack;
    private volatile bool _over;

    /// <summary>The epoch under which this life owns its domain; null before its claim was granted.</summary>
    public long? Epoch
    {
        get
        {
            lock (_gate) return _owned?.Epoch;
        }
    }

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
            case DomainWork.LoadDomain w: outside.Scheduler.RunBlocking(() => ClaimAndLoad(w, post)); break;
            case DomainWork.LoadWindow w: Read(w, () => new DomainWork.WindowLoaded(outside.Reads.ReadWindow(w.Domain, outside.Scheduler.Now, w.Limit), w.Limit), post); break;
            case JobWork.Write w: outside.Writer.Take(w.Command, reply => { post(reply); outside.JobAnswered(reply); }); break;
            case JobWork.LoadOpenDomains w: Read(w, () => new JobWork.OpenDomainsLoaded(outside.Reads.ReadOpenDomains(w.Job)), post); break;
            case JobWork.LoadOpenUnits w: Read(w, () => new JobWork.UnitsLoaded(outside.Reads.ReadOpenUnits(w.Job, w.Limit, w.After)), post); break;
            case JobWork.LoadRetryUnits w: Read(w, () => new JobWork.UnitsLoaded(outside.Reads.ReadRetryUnits(w.Job, w.Limit, w.After)), post); break;
            case JobWork.WriteReport w: new ReportWriting(outside, w, post).Begin(); break;
            default: throw new InvalidOperationException($"No way to begin {work.GetType().Name}.");
        }
    }

    /// <summary>The life is over, with work under way: what was not answered yet is called off.</summary>
    public void Abandon()
    {
        (JobId Job, int Flights, int Hands)[] held;
        CancellationTokenSource? ending;
        lock (_gate)
        {
            (_over, ending, _ending) = (true, _ending, null);
            held = [.. _held.Select(h => (h.Key, h.Value.Flights, h.Value.Hands))];
            _held.Clear();
        }
        ending?.Cancel();
        ending?.Dispose();
        foreach (var (job, flights, hands) in held)
        {
            for (var i = 0; i < flights; i++) outside.Permits.EndFlight(job);
            for (var i = 0; i < hands; i++) outside.Permits.EmptyHand(job);
        }
    }

    /// <summary>
    /// The life is over in order, asleep or because its domain moves: once nothing of it is under way, the domain is given back, so that
    /// whoever claims it next need not wait.
    /// </summary>
    public void Leave()
    {
        Abandon();
        lock (_gate)
        {
            if (_givesBack) return;
            _givesBack = true;
            if (_underWay > 0) return;
        }
        GiveBack();
    }

    private void GiveBack()
    {
        if (_owned is { } hold) outside.Scheduler.RunBlocking(() => outside.Ownership.Release(hold));
    }

    // Owned first, read then: what a former owner stored is in what is read.
    private void ClaimAndLoad(DomainWork.LoadDomain work, Func<object, bool> post)
    {
        if (_over) return;
        object answer;
        try
        {
            switch (outside.Ownership.Claim(work.Domain))
            {
                case Claim.Wait wait:
                    outside.Scheduler.RunAt(outside.Scheduler.Now + wait.For, () => outside.Scheduler.RunBlocking(() => ClaimAndLoad(work, post)));
                    return;
                case Claim.Granted granted:
                    lock (_gate) _owned = granted.Hold;
                    // It ended meanwhile, and did not know that there was anything to give back.
                    if (_over) GiveBack();
                    answer = new DomainWork.DomainLoaded(outside.Reads.ReadDomain(work.Domain), granted.Moved);
                    break;
                default:
                    throw new InvalidOperationException("A claim is granted or waits.");
            }
        }
        catch (StoreUnavailableException trouble)
        {
            answer = new WorkFailed(work, trouble.Message);
        }
        outside.Scheduler.Run(() => post(answer));
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
        if (Depart(work, post) is not { } departure) return;
        var stop = departure.Stop;
        try
        {
            var request = work.Copy is { } page ? work.Request with { Copy = await CopyAsync(page).ConfigureAwait(false) } : work.Request;
            var outcome = await (work.Sitemap is { } unit
                ? outside.Web.FetchSitemapAsync(request, departure, part => StoreAsync(unit, part, post), stop)
                : outside.Web.FetchAsync(request, departure, stop)).ConfigureAwait(false);
            // What did not leave says nothing about the URL, and this life is about to end: the unit is still open in the store.
            if (outcome is not FetchOutcome.NotSent) post(new DomainWork.Fetched(work.Ticket, outcome));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The process or this life ends; the unit is still open in the store.
        }
        // A fetcher that throws has met something it does not know; the entity must not wait for it for ever.
        catch (Exception surprise)
        {
            outside.OnFault(work.Request.Url.Text, surprise);
            post(new DomainWork.Fetched(work.Ticket, new FetchOutcome.Failed(outside.Scheduler.Now, TimeSpan.Zero, default, FetchFailure.BadAnswer, surprise.Message)));
        }
        finally
        {
            Arrived();
        }
    }

    // Null when the life is over: nothing more is begun.
    private Departure? Depart(DomainWork.Fetch work, Func<object, bool> post)
    {
        lock (_gate)
        {
            if (_over || _owned is not { } owned) return null;
            _underWay++;
            _ending ??= CancellationTokenSource.CreateLinkedTokenSource(outside.Stopping);
            return new Departure(
                () => !_over && outside.Ownership.Holds(owned.Epoch), at => { if (work.TellLeaving) post(new DomainWork.Left(work.Ticket, at)); }, _ending.Token);
        }
    }

    private void Arrived()
    {
        lock (_gate)
        {
            if (--_underWay > 0) return;
            // Linked to the process's own, it would be kept for as long as that.
            _ending?.Dispose();
            _ending = null;
            if (!_givesBack) return;
        }
        GiveBack();
    }

    private sealed record Departure(Func<bool> Asked, Action<DateTimeOffset> Told, CancellationToken Stop) : IDeparture
    {
        public bool May => Asked();

        public void Left(DateTimeOffset at) => Told(at);
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
