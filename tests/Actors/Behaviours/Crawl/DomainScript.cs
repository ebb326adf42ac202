using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Runtime;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Crawl;

/// <summary>One domain's behaviour, played by hand: a clock that stands still until it is moved, messages, and what the last one led to.</summary>
internal sealed class DomainScript(CrawlSettings? settings = null)
{
    public const string Origin = "http://a.test";
    public static readonly DateTimeOffset Begin = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly DomainName Name = DomainName.Of("a.test", 80);
    public static readonly JobSpec Job = JobOf(1);
    public static readonly RobotsRecord NoRules = Rules("");

    private readonly DomainBehaviour _behaviour = new(settings ?? new CrawlSettings());

    public DomainState State { get; private set; } = new(Name);
    public DateTimeOffset Now { get; private set; } = Begin;

    /// <summary>What the last message led to.</summary>
    public Decision Last { get; private set; }

    public IEnumerable<object> Told => Last.Effects.OfType<Effect.Tell>().Select(t => t.Command);
    public DateTimeOffset? WakesAt => Last.Effects.OfType<Effect.WakeAt>().LastOrDefault()?.Instant;
    public bool Sleeps => Last.Effects.OfType<Effect.Sleep>().Any();

    public DomainScript Say(object message)
    {
        Last = _behaviour.Decide(State, message, Now);
        foreach (var happened in Last.Events) State = _behaviour.Apply(State, happened);
        return this;
    }

    public DomainScript After(double seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        return this;
    }

    /// <summary>The clock moves to when the domain wished to be woken, and it is.</summary>
    public DomainScript Waked()
    {
        Now = WakesAt ?? throw new InvalidOperationException("The domain did not wish to be woken.");
        return Say(new WakeUp());
    }

    /// <summary>Woken, with these units in the store and the robots rules known.</summary>
    public DomainScript Opened(params Unit[] units) => Opened(DomainMemory.Blank(Name), [NoRules], [Job], units);

    public DomainScript Opened(DomainMemory memory, RobotsRecord[] robots, JobSpec[] jobs, params Unit[] units)
    {
        Say(new DomainProtocol.Wake(Name));
        Assert.IsType<DomainWork.LoadDomain>(Assert.Single(Began<IWork>()));
        Say(new DomainWork.DomainLoaded(new DomainRead(memory, robots)));
        return Windowed(jobs, units);
    }

    /// <summary>The read that is under way is answered.</summary>
    public DomainScript Windowed(JobSpec[] jobs, params Unit[] units) => Say(new DomainWork.WindowLoaded(new WindowRead(units, jobs, null), 256));

    public DomainScript Granted(long job = 1) => Say(new DomainWork.PermitGranted(new JobId(job)));

    /// <summary>A permit comes and a request begins; its ticket.</summary>
    public long Asks(long job = 1) => Assert.Single(Granted(job).Began<DomainWork.Fetch>()).Ticket;

    public DomainScript Left(long ticket) => Say(new DomainWork.Left(ticket, Now));

    public DomainScript Answered(long ticket, int status, params string[] retryAfter) => Came(ticket, Answer(status, retryAfter));

    public DomainScript Came(long ticket, FetchOutcome outcome) => Say(new DomainWork.Fetched(ticket, outcome));

    /// <summary>The writer has stored the end of this unit.</summary>
    public DomainScript Closed(Unit unit, long pending = 5) => Say(new WriterProtocol.UnitClosed(unit.Key, pending));

    public FetchOutcome.Answered Answer(int status, params string[] retryAfter) =>
        new(Now, TimeSpan.FromMilliseconds(50), default, status, 10, "text/html", null, retryAfter, null, null, "", null, null);

    public FetchOutcome.Failed Failure(FetchFailure failure) => new(Now, TimeSpan.Zero, default, failure, "It failed.");

    public IReadOnlyList<T> Began<T>() where T : IWork => [.. Last.Effects.OfType<Effect.Start>().Select(s => s.Work).OfType<T>()];

    public IReadOnlyList<T> Wrote<T>() where T : WriterProtocol.ICommand => [.. Began<DomainWork.Write>().Select(w => w.Command).OfType<T>()];

    public static JobSpec JobOf(long id, bool unpaced = false, int concurrency = 20) =>
        new(new JobId(id), new NewJob(PageUrl.FromStored(Origin + "/"), JobLimits.None, concurrency, unpaced, false));

    public static Unit Page(long number, long job = 1, double dueIn = 0) => new(
        new UnitKey(new JobId(job), new PageId(number)), UnitKind.Page, PageUrl.FromStored($"{Origin}/{number}"), 0, 0, 0, 0, Begin.AddSeconds(dueIn), null);

    public static Unit Robots(long number, long job = 1) => Page(number, job) with { Kind = UnitKind.Robots, Url = PageUrl.FromStored(Origin + "/robots.txt") };

    public static RobotsRecord Rules(string? text, int status = 200, bool reachable = true) => new(Origin, status, text, reachable, Begin, Begin.AddDays(1));
}
