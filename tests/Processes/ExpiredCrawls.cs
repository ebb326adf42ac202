using Amble.App.Sql;
using Amble.Behaviours.Crawl;
using Amble.Messages;

namespace Amble.Processes.Specs;

/// <summary>Jobs that ended days ago, each of one domain with so many pages, stored by the writer's own commands at the instants of that time.</summary>
internal static class ExpiredCrawls
{
    private const int AtOnce = 500;

    private static readonly byte[] _outlinks = OutlinksPack.Pack([new Outlink(PageUrl.FromStored("http://old-1.test/"), "Home", NoFollow: false)]);

    /// <param name="age">How long ago all of it happened.</param>
    public static void Put(SqliteStore store, int jobs, int pages, TimeSpan age)
    {
        var at = DateTimeOffset.UtcNow - age;
        foreach (var number in Enumerable.Range(1, jobs)) Put(store, PageUrl.FromStored($"http://old-{number}.test/"), pages, at);
    }

    private static void Put(SqliteStore store, PageUrl start, int pages, DateTimeOffset at)
    {
        var job = ((WriterProtocol.JobCreated)store.Writes.Commit([new WriterProtocol.CreateJob(new NewJob(start, JobLimits.None, 20, true, false), at)])[0]).Job.Id;
        var home = Units(store, start, at).First(unit => unit.Url == start).Key;
        foreach (var part in Enumerable.Range(1, pages - 1).Chunk(AtOnce))
        {
            IReadOnlyList<FoundUrl> found = [.. part.Select(page => new FoundUrl(PageUrl.FromStored($"{start}page-{page}"), 1, 0, $"Page {page}"))];
            store.Writes.Commit([new WriterProtocol.SaveLinks(home, 0, found, [], at)]);
        }
        while (Units(store, start, at) is { Count: > 0 } open)
        {
            var robots = open.Where(unit => unit.Kind != UnitKind.Page).Select(unit => unit.Key.Page).ToList();
            store.Writes.Commit(
                [.. open.Where(unit => unit.Kind == UnitKind.Page).Select(unit => Visited(unit, at)), new WriterProtocol.CloseUnits(job, robots, null, at)]);
        }
        store.Writes.Commit([new WriterProtocol.BeginEnd(job, JobState.Completed, null, at)]);
        foreach (var part in store.Reads.ReadReport(job, CancellationToken.None)) store.Writes.Commit([new WriterProtocol.SaveReport(job, part)]);
        store.Writes.Commit([new WriterProtocol.EndJob(job, JobState.Completed, null, at)]);
    }

    private static IReadOnlyList<Unit> Units(SqliteStore store, PageUrl start, DateTimeOffset at) => store.Reads.ReadWindow(start.Domain, at.AddSeconds(1), AtOnce).Units;

    private static WriterProtocol.CloseVisit Visited(Unit unit, DateTimeOffset at)
    {
        var visit = new Visit(
            unit.Key, StatusClass.Ok, 200, at, 7, 20_000, "text/html", null, $"The title of {unit.Url.PathAndQuery}", null, false, false, null, 1,
            new VisitDetails("server: a\ncontent-type: text/html\n", default, 1, _outlinks));
        var request = new RequestMade(unit.Key.Job, unit.Key.Page, RequestKind.Page, at.AddMilliseconds(unit.Key.Page.Value % 1_000), 7, 200);
        return new WriterProtocol.CloseVisit(visit, request, DomainMemory.Blank(unit.Url.Domain), at);
    }
}
