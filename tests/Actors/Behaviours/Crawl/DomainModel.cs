using Amble.Behaviours.Crawl;
using Amble.Messages;

namespace Amble.Actors.Specs.Behaviours.Crawl;

/// <summary>What a modelled site allows: a bucket of <paramref name="Burst"/> tokens that gains <paramref name="Rate"/> a second.</summary>
/// <param name="RetryAfter">It tells the whole seconds until a token, as many limiters do.</param>
public sealed record SiteModel(double Rate, double Burst, bool RetryAfter = false)
{
    /// <summary>Spans in which it refuses everything: from a second of the run on, for so many seconds.</summary>
    public IReadOnlyList<(double From, double For)> Refuses { get; init; } = [];

    /// <summary>The end of the span that this second lies in; null when in none.</summary>
    public double? RefusesUntil(double second)
    {
        foreach (var (from, lasts) in Refuses)
        {
            if (second >= from && second < from + lasts) return from + lasts;
        }
        return null;
    }
}

/// <param name="Seconds">From the first start to the last good answer.</param>
/// <param name="SettledRate">Good answers a second in the second half of the pages.</param>
/// <param name="SettledRefused">Refused share of that half's requests.</param>
/// <param name="FirstSecond">Starts in the first second.</param>
public sealed record ModelRun(double Seconds, double Refused, double SettledRate, double SettledRefused, int FirstSecond, int HardFailed, Pace Left)
{
    public int Requests { get; init; }

    public int Refusals { get; init; }
}

/// <summary>
/// A discrete-event model of one domain: the pace rules decide as they do in the product (start to start, at most min(slots, 20) in flight,
/// refused pages put off by <see cref="RetryRule"/>), the site is a token bucket that answers 200 in 60 to 120 ms and 429 in 5 ms.
/// robots.txt is the first request. Time is virtual; the seed decides latencies and jitter.
/// </summary>
/// <param name="retry">How refused pages are asked again; as usual unless said.</param>
public sealed class DomainModel(SiteModel site, PaceSettings settings, int seed, bool jitter, RetrySettings? retry = null)
{
    private const int Concurrency = 20;
    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DomainName Name = DomainName.Of("site.example", 443);
    private static readonly PageUrl Url = PageUrl.FromStored("https://site.example/");
    private static readonly PageUrl OtherUrl = PageUrl.FromStored("https://site.example/other");

    private readonly Random _chance = new(seed);
    private DateTimeOffset _now = Epoch;

    /// <summary>What one run left behind, for the next to start with.</summary>
    public DomainMemory Memory { get; private set; } = DomainMemory.Blank(Name);

    /// <summary>Told of every start, if set: time in seconds, the pace, and whether the site refused.</summary>
    public Action<double, Pace, bool>? Watch { get; init; }

    /// <summary>Changes what the site allows while it is being asked.</summary>
    public Func<double, double>? RateAt { get; init; }

    /// <summary>By how much a start is late; none where time is exact.</summary>
    public Func<Random, TimeSpan>? Late { get; init; }

    /// <summary>How long a request is under way to the site, which counts it when it arrives; no time unless said.</summary>
    public Func<Random, TimeSpan>? UnderWay { get; init; }

    /// <param name="endAt">It ends at this second even if pages are left.</param>
    public ModelRun Run(int pages, double endAt = double.PositiveInfinity)
    {
        var begin = _now;
        var pace = Pace.Recover(Memory, settings, _now);
        var tokens = site.Burst;
        var filledAt = _now;
        var fresh = pages + 1;
        var open = fresh;
        var inFlight = new PriorityQueue<(Unit Unit, DateTimeOffset StartedAt, bool Good, TimeSpan? RetryAfter), long>();
        var waiting = new PriorityQueue<Unit, long>();
        DateTimeOffset? lastStart = null;
        var (roll, late, lateNext) = (0.0, TimeSpan.Zero, TimeSpan.Zero);
        DateTimeOffset Spaced() => lastStart is { } last ? last + PaceRule.Spacing(pace, null, roll, late, settings) : begin;
        LastGood? lastGood = null;
        int requests = 0, refused = 0, good = 0, firstSecond = 0, hardFailed = 0, halfRequests = 0, halfRefused = 0;
        DateTimeOffset? halfAt = null;
        while (open > 0 && (_now - begin).TotalSeconds < endAt)
        {
            var due = NextDue(fresh, waiting);
            var startAt = due is { } d && inFlight.Count < Math.Min(pace.Slots, Concurrency) ? Latest(d, Spaced() + lateNext, pace.BlockedUntil) : (DateTimeOffset?)null;
            if (startAt is { } at && !(inFlight.TryPeek(out _, out var ends) && ends <= at.UtcTicks))
            {
                _now = at;
                var unit = waiting.TryPeek(out var w, out _) && w.DueAt <= _now ? waiting.Dequeue() : NewUnit(fresh--);
                late = _now - Spaced();
                (lastStart, roll, lateNext) = (_now, jitter ? _chance.NextDouble() : 0, Late?.Invoke(_chance) ?? TimeSpan.Zero);
                var rate = RateAt?.Invoke((_now - begin).TotalSeconds) ?? site.Rate;
                var arrival = Latest(filledAt, _now + (UnderWay?.Invoke(_chance) ?? TimeSpan.Zero), null);
                tokens = Math.Min(site.Burst, tokens + rate * (arrival - filledAt).TotalSeconds);
                filledAt = arrival;
                var until = site.RefusesUntil((_now - begin).TotalSeconds);
                var allowed = until is null && tokens >= 1 - 1e-9;
                if (allowed) tokens -= 1;
                var took = allowed ? TimeSpan.FromMilliseconds(60 + 60 * _chance.NextDouble()) : TimeSpan.FromMilliseconds(5);
                var retryAfter = allowed || !site.RetryAfter ? (TimeSpan?)null : TimeSpan.FromSeconds(Math.Ceiling(until - (_now - begin).TotalSeconds ?? (1 - tokens) / rate));
                inFlight.Enqueue((unit, _now, allowed, retryAfter), (_now + took).UtcTicks);
                requests++;
                if (!allowed) refused++;
                if (halfAt is not null) { halfRequests++; if (!allowed) halfRefused++; }
                if (_now - begin < TimeSpan.FromSeconds(1)) firstSecond++;
                Watch?.Invoke((_now - begin).TotalSeconds, pace, !allowed);
                continue;
            }
            inFlight.TryDequeue(out var answer, out var ticks);
            _now = new DateTimeOffset(ticks, TimeSpan.Zero);
            pace = PaceRule.After(pace, new Answer(answer.Good ? AnswerKind.Good : AnswerKind.Throttled, answer.StartedAt, answer.RetryAfter), _now, settings);
            if (answer.Good)
            {
                good++;
                open--;
                lastGood = new LastGood(_now, OtherUrl);
                if (good == pages / 2) halfAt = _now;
                continue;
            }
            switch (RetryRule.Judge(answer.Unit, Refusal(answer.StartedAt), lastGood, _now, retry ?? RetrySettings.Default))
            {
                case Verdict.Again again: waiting.Enqueue(again.Unit, again.Unit.DueAt.UtcTicks); break;
                default: open--; hardFailed++; break;
            }
        }
        Memory = pace.Remember(Memory);
        var half = (_now - (halfAt ?? begin)).TotalSeconds;
        var run = new ModelRun(
            (_now - begin).TotalSeconds, (double)refused / requests, (pages + 1 - pages / 2) / half, halfRequests == 0 ? 0 : (double)halfRefused / halfRequests, firstSecond,
            hardFailed, pace)
        {
            Requests = requests,
            Refusals = refused,
        };
        _now += TimeSpan.FromHours(1);
        return run;
    }

    private DateTimeOffset? NextDue(int fresh, PriorityQueue<Unit, long> waiting) =>
        fresh > 0 ? _now : waiting.TryPeek(out var unit, out _) ? unit.DueAt : null;

    private static DateTimeOffset Latest(DateTimeOffset a, DateTimeOffset b, DateTimeOffset? c)
    {
        var later = a > b ? a : b;
        return c > later ? c.Value : later;
    }

    private static Unit NewUnit(int number) =>
        new(new UnitKey(new JobId(1), new PageId(number)), UnitKind.Page, Url, 0, 0, 0, 0, Epoch, null);

    private static FetchOutcome.Answered Refusal(DateTimeOffset startedAt) =>
        new(startedAt, TimeSpan.FromMilliseconds(5), default, 429, 0, null, null, [], null, null, "", null, null);
}
