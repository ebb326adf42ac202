using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>
/// What a domain says to the writer about sitemaps: which ones a job has, before its robots unit ends, so that there is no moment in which
/// nothing is pending; and what became of each. Their URLs were stored part by part while they were read.
/// </summary>
internal static class SitemapStep
{
    /// <summary>A robots unit is about to be closed.</summary>
    public static void Open(Deciding t, Unit robots)
    {
        if (!t.State.Jobs.TryGetValue(robots.Key.Job, out var job) || !t.State.Robots.TryGetValue(robots.Url.Origin, out var known)) return;
        var part = 0;
        foreach (var sitemaps in SitemapRule.Of(job, robots.Url, known).Chunk(t.Settings.LinksPerPart))
            t.Write(new WriterProtocol.SaveLinks(robots.Key, part++, sitemaps, [], t.Now));
    }

    /// <summary>A sitemap was answered, or will not be.</summary>
    public static void Settle(Deciding t, JobSpec job, Unit unit, FetchOutcome outcome, Verdict.Done done, RequestMade? sent)
    {
        var answer = outcome as FetchOutcome.Answered;
        if (answer?.RedirectTo is { } target && SitemapRule.IsOfSite(target, job))
            t.Write(new WriterProtocol.SaveLinks(unit.Key, 0, [SitemapRule.Unit(target, unit.Depth, unit.Hops + 1)], [], t.Now));
        var problem = answer is { RedirectTo: { } away } && !SitemapRule.IsOfSite(away, job) ? $"It is redirected to another site, {away}." : done.Error;
        var content = answer?.Sitemap ?? new SitemapContent(0, 0, 0, problem);
        var isInVain = content is { Problem: not null, Urls: 0, Files: 0 } && done.Class == StatusClass.Ok;
        var end = new SitemapEnd(unit.Key, isInVain ? StatusClass.Broken : done.Class, AnswerStep.StatusOf(outcome), content);
        t.Write(new WriterProtocol.CloseSitemap(end, sent, AnswerStep.MemoryOf(t, job), t.Now));
    }

    /// <summary>It ends without having been read.</summary>
    public static WriterProtocol.CloseSitemap Unread(UnitKey unit, StatusClass @class, int? status, string problem, RequestMade? sent, DomainMemory memory, DateTimeOffset now) =>
        new(new SitemapEnd(unit, @class, status, new SitemapContent(0, 0, 0, problem)), sent, memory, now);
}
