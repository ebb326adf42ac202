using Amble.App.Live;
using Amble.App.Web;
using Amble.Behaviours.AccessLog;
using Amble.Behaviours.Cards;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ingress;
using Amble.Behaviours.Retention;
using Amble.Behaviours.Writing;

namespace Amble.App.Settings;

/// <summary>The constants of all parts, by the names that people set them with. What each means stands with its property.</summary>
public static class Sections
{
    public static readonly Section<PaceSettings> Pace = new("pace", PaceSettings.Default, PaceSettings.Problems)
    {
        { "warmUp", Unit.Milliseconds, s => s.WarmUp, (s, v) => s with { WarmUp = v } },
        { "floor", Unit.Milliseconds, s => s.Floor, (s, v) => s with { Floor = v } },
        { "step", Unit.Milliseconds, s => s.Step, (s, v) => s with { Step = v } },
        { "stepsDownTo", Unit.Milliseconds, s => s.StepsDownTo, (s, v) => s with { StepsDownTo = v } },
        { "cap", Unit.Milliseconds, s => s.Cap, (s, v) => s with { Cap = v } },
        { "fastest", Unit.Milliseconds, s => s.Fastest, (s, v) => s with { Fastest = v } },
        { "estimate", Unit.Milliseconds, s => s.Estimate, (s, v) => s with { Estimate = v } },
        { "goodInARow", Unit.Count, s => s.GoodInARow, (s, v) => s with { GoodInARow = v } },
        { "closeness", Unit.Ratio, s => s.Closeness, (s, v) => s with { Closeness = v } },
        { "holdFor", Unit.Seconds, s => s.HoldFor, (s, v) => s with { HoldFor = v } },
        { "holdAgainFor", Unit.Seconds, s => s.HoldAgainFor, (s, v) => s with { HoldAgainFor = v } },
        { "probeWaitMost", Unit.Seconds, s => s.ProbeWaitMost, (s, v) => s with { ProbeWaitMost = v } },
        { "blockFirst", Unit.Seconds, s => s.BlockFirst, (s, v) => s with { BlockFirst = v } },
        { "blockMost", Unit.Seconds, s => s.BlockMost, (s, v) => s with { BlockMost = v } },
        { "settles", Unit.TrueOrFalse, s => s.Settles, (s, v) => s with { Settles = v } },
        { "jitterShare", Unit.Ratio, s => s.JitterShare, (s, v) => s with { JitterShare = v } },
        { "failureWindow", Unit.Minutes, s => s.FailureWindow, (s, v) => s with { FailureWindow = v } },
        { "failureLeast", Unit.Count, s => s.FailureLeast, (s, v) => s with { FailureLeast = v } },
        { "failurePause", Unit.Minutes, s => s.FailurePause, (s, v) => s with { FailurePause = v } },
        { "parkBeyond", Unit.Hours, s => s.ParkBeyond, (s, v) => s with { ParkBeyond = v } },
        { "giveUpAfter", Unit.Minutes, s => s.GiveUpAfter, (s, v) => s with { GiveUpAfter = v } },
        { "giveUpAfterInServe", Unit.Hours, s => s.GiveUpAfterInServe, (s, v) => s with { GiveUpAfterInServe = v } },
    };

    public static readonly Section<RetrySettings> Retry = new("retry", RetrySettings.Default, RetrySettings.Problems)
    {
        { "throttleRetries", Unit.Count, s => s.ThrottleRetries, (s, v) => s with { ThrottleRetries = v } },
        { "throttleWaitFirst", Unit.Milliseconds, s => s.ThrottleWaitFirst, (s, v) => s with { ThrottleWaitFirst = v } },
        { "throttleWaitMost", Unit.Milliseconds, s => s.ThrottleWaitMost, (s, v) => s with { ThrottleWaitMost = v } },
        { "chargesEveryRefusal", Unit.TrueOrFalse, s => s.ChargesEveryRefusal, (s, v) => s with { ChargesEveryRefusal = v } },
        { "errorRetries", Unit.Count, s => s.ErrorRetries, (s, v) => s with { ErrorRetries = v } },
        { "errorWaitStep", Unit.Milliseconds, s => s.ErrorWaitStep, (s, v) => s with { ErrorWaitStep = v } },
        { "refusedInARow", Unit.Count, s => s.RefusedInARow, (s, v) => s with { RefusedInARow = v } },
        { "challengesInARow", Unit.Count, s => s.ChallengesInARow, (s, v) => s with { ChallengesInARow = v } },
    };

    public static readonly Section<CrawlSettings> Crawl = new("crawl", CrawlSettings.Default, CrawlSettings.Problems)
    {
        { "window", Unit.Count, s => s.Window, (s, v) => s with { Window = v } },
        { "permitsAtOnce", Unit.Count, s => s.PermitsAtOnce, (s, v) => s with { PermitsAtOnce = v } },
        { "sleepBeyond", Unit.Seconds, s => s.SleepBeyond, (s, v) => s with { SleepBeyond = v } },
        { "readAgain", Unit.Milliseconds, s => s.ReadAgain, (s, v) => s with { ReadAgain = v } },
        { "linksPerPart", Unit.Count, s => s.LinksPerPart, (s, v) => s with { LinksPerPart = v } },
        { "closePerBatch", Unit.Count, s => s.ClosePerBatch, (s, v) => s with { ClosePerBatch = v } },
    };

    public static readonly Section<TrapSettings> Traps = new("traps", TrapSettings.Default, TrapSettings.Problems)
    {
        { "segments", Unit.Count, s => s.Segments, (s, v) => s with { Segments = v } },
        { "repeatsInRow", Unit.Count, s => s.RepeatsInRow, (s, v) => s with { RepeatsInRow = v } },
        { "repeatsInPath", Unit.Count, s => s.RepeatsInPath, (s, v) => s with { RepeatsInPath = v } },
        { "queriesOfFew", Unit.Many, s => s.QueriesOfFew, (s, v) => s with { QueriesOfFew = v } },
        { "queriesOfMany", Unit.Many, s => s.QueriesOfMany, (s, v) => s with { QueriesOfMany = v } },
        { "dates", Unit.Many, s => s.Dates, (s, v) => s with { Dates = v } },
        { "underPrefix", Unit.Many, s => s.UnderPrefix, (s, v) => s with { UnderPrefix = v } },
        { "timesElsewhere", Unit.Count, s => s.TimesElsewhere, (s, v) => s with { TimesElsewhere = v } },
    };

    public static readonly Section<WebSettings> Web = new("web", WebSettings.Default, WebSettings.Problems)
    {
        { "contact", Unit.Words, s => s.Contact, (s, v) => s with { Contact = v } },
        { "localAddress", Unit.WordsOrNothing, s => s.LocalAddress, (s, v) => s with { LocalAddress = v } },
        { "connectTimeout", Unit.Seconds, s => s.ConnectTimeout, (s, v) => s with { ConnectTimeout = v } },
        { "fetchTimeout", Unit.Seconds, s => s.FetchTimeout, (s, v) => s with { FetchTimeout = v } },
        { "bodyCap", Unit.Bytes, s => s.BodyCap, (s, v) => s with { BodyCap = v } },
        { "robotsCap", Unit.Bytes, s => s.RobotsCap, (s, v) => s with { RobotsCap = v } },
        { "unreadCap", Unit.Bytes, s => s.UnreadCap, (s, v) => s with { UnreadCap = v } },
        { "ratioCap", Unit.Count, s => s.RatioCap, (s, v) => s with { RatioCap = v } },
        { "ratioFrom", Unit.Bytes, s => s.RatioFrom, (s, v) => s with { RatioFrom = v } },
        { "headerCap", Unit.Bytes, s => s.HeaderCap, (s, v) => s with { HeaderCap = v } },
        { "headersKept", Unit.Bytes, s => s.HeadersKept, (s, v) => s with { HeadersKept = v } },
    };

    public static readonly Section<WriterQueueSettings> Writer = new("writer", WriterQueueSettings.Default, WriterQueueSettings.Problems)
    {
        { "entries", Unit.Count, s => s.Entries, (s, v) => s with { Entries = v } },
        { "bytes", Unit.Many, s => s.Bytes, (s, v) => s with { Bytes = v } },
        { "turn", Unit.Milliseconds, s => s.Turn, (s, v) => s with { Turn = v } },
    };

    public static readonly Section<RetentionSettings> Retention = new("retention", RetentionSettings.Default, RetentionSettings.Problems)
    {
        { "details", Unit.Hours, s => s.Details, (s, v) => s with { Details = v } },
        { "visits", Unit.Hours, s => s.Visits, (s, v) => s with { Visits = v } },
        { "hits", Unit.Days, s => s.Hits, (s, v) => s with { Hits = v } },
        { "period", Unit.Hours, s => s.Period, (s, v) => s with { Period = v } },
        { "slice", Unit.Milliseconds, s => s.Slice, (s, v) => s with { Slice = v } },
        { "firstSliceRows", Unit.Count, s => s.FirstSliceRows, (s, v) => s with { FirstSliceRows = v } },
        { "pause", Unit.Milliseconds, s => s.Pause, (s, v) => s with { Pause = v } },
        { "lookEvery", Unit.Seconds, s => s.LookEvery, (s, v) => s with { LookEvery = v } },
        { "diskCapPercent", Unit.Count, s => s.DiskCapPercent, (s, v) => s with { DiskCapPercent = v } },
    };

    public static readonly Section<AccessLogSettings> AccessLog = new("accessLog", AccessLogSettings.Default, AccessLogSettings.Problems)
    {
        { "batch", Unit.Count, s => s.Batch, (s, v) => s with { Batch = v } },
        { "batchMost", Unit.Count, s => s.BatchMost, (s, v) => s with { BatchMost = v } },
        { "within", Unit.Milliseconds, s => s.Within, (s, v) => s with { Within = v } },
        { "entries", Unit.Count, s => s.Entries, (s, v) => s with { Entries = v } },
        { "bytes", Unit.Many, s => s.Bytes, (s, v) => s with { Bytes = v } },
        { "reservedShare", Unit.Ratio, s => s.ReservedShare, (s, v) => s with { ReservedShare = v } },
        { "drain", Unit.Milliseconds, s => s.Drain, (s, v) => s with { Drain = v } },
        { "client", Unit.Words, s => s.Client, (s, v) => s with { Client = v } },
    };

    public static readonly Section<LiveSettings> Live = new("live", LiveSettings.Default, LiveSettings.Problems)
    {
        { "connections", Unit.Count, s => s.Connections, (s, v) => s with { Connections = v } },
        { "lookEvery", Unit.Milliseconds, s => s.LookEvery, (s, v) => s with { LookEvery = v } },
        { "keepAlive", Unit.Seconds, s => s.KeepAlive, (s, v) => s with { KeepAlive = v } },
        { "mostRows", Unit.Count, s => s.MostRows, (s, v) => s with { MostRows = v } },
        { "mostVisits", Unit.Count, s => s.MostVisits, (s, v) => s with { MostVisits = v } },
    };

    public static readonly Section<CardSettings> Cards = new("cards", CardSettings.Default, CardSettings.Problems)
    {
        { "slots", Unit.Count, s => s.Slots, (s, v) => s with { Slots = v } },
        { "cardTimeout", Unit.Seconds, s => s.CardTimeout, (s, v) => s with { CardTimeout = v } },
        { "budget", Unit.Seconds, s => s.Budget, (s, v) => s with { Budget = v } },
        { "carryOnEvery", Unit.Minutes, s => s.CarryOnEvery, (s, v) => s with { CarryOnEvery = v } },
        { "nightlyHour", Unit.Count, s => s.NightlyHour, (s, v) => s with { NightlyHour = v } },
        { "nightlyBudget", Unit.Minutes, s => s.NightlyBudget, (s, v) => s with { NightlyBudget = v } },
        { "retryFirst", Unit.Minutes, s => s.RetryFirst, (s, v) => s with { RetryFirst = v } },
        { "retryMost", Unit.Hours, s => s.RetryMost, (s, v) => s with { RetryMost = v } },
        { "unnamed", Unit.Days, s => s.Unnamed, (s, v) => s with { Unnamed = v } },
        { "cacheEntries", Unit.Count, s => s.CacheEntries, (s, v) => s with { CacheEntries = v } },
        { "cache", Unit.Bytes, s => s.Cache, (s, v) => s with { Cache = v } },
    };

    public static readonly Section<LimiterSettings> Limiter = new("limiter", LimiterSettings.Default, LimiterSettings.Problems)
    {
        { "burst", Unit.Count, s => s.Burst, (s, v) => s with { Burst = v } },
        { "perSecond", Unit.Ratio, s => s.PerSecond, (s, v) => s with { PerSecond = v } },
        { "clients", Unit.Count, s => s.Clients, (s, v) => s with { Clients = v } },
        { "trustedProxies", Unit.WordsOrNothing, s => s.TrustedProxies, (s, v) => s with { TrustedProxies = v } },
    };

    public static IReadOnlyList<ISection> All { get; } = [Pace, Retry, Crawl, Traps, Web, Writer, Retention, AccessLog, Live, Cards, Limiter];
}
