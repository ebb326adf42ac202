using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Benchmarks;

/// <summary>
/// What a crawl flushes: each time so many visits, each with its details and its request, and as many new URLs, which are visited by the
/// next flush. A page is known by the order in which it was found, so its number in the store is known too.
/// </summary>
internal sealed class FlushedPages
{
    private readonly PageUrl _start = PageUrl.FromStored("http://new.test/");
    private readonly byte[] _outlinks = new byte[600];
    private readonly string _headers = string.Concat(Enumerable.Repeat("Header-Name: its value\n", 12));
    private readonly JobId _job;
    private readonly int _visits;
    private readonly long _firstPage;
    private int _found;

    /// <param name="pages">How many pages the store has.</param>
    public FlushedPages(IWriteStore store, int pages, int visits)
    {
        (_visits, _firstPage) = (visits, pages + 1L);
        _job = ((WriterProtocol.JobCreated)store.Commit([new WriterProtocol.CreateJob(new NewJob(_start, JobLimits.None, 64, true, false), DateTimeOffset.UtcNow)])[0]).Job.Id;
        store.Commit([Find(DateTimeOffset.UtcNow)]);
    }

    public IReadOnlyList<WriterProtocol.ICommand> Next()
    {
        var now = DateTimeOffset.UtcNow;
        var visited = Enumerable.Range(_found - _visits, _visits).Select(number => Visit(number, now)).ToList();
        return [Find(now), .. visited];
    }

    private WriterProtocol.SaveLinks Find(DateTimeOffset now)
    {
        var found = Enumerable.Range(_found, _visits).Select(number => new FoundUrl(PageUrl.FromStored($"{_start}p/{number}"), 1, 0, $"Page {number}")).ToList();
        _found += _visits;
        return new WriterProtocol.SaveLinks(new UnitKey(_job, new PageId(_firstPage)), 0, found, [], now);
    }

    // Behind the start page and its robots.txt.
    private WriterProtocol.CloseVisit Visit(int number, DateTimeOffset now)
    {
        var key = new UnitKey(_job, new PageId(_firstPage + 2 + number));
        var visit = new Visit(
            key, StatusClass.Ok, 200, now, 7, 20_000, "text/html", null, $"Page {number}", null, false, false, null, 1, new VisitDetails(_headers, default, 20, _outlinks));
        return new WriterProtocol.CloseVisit(visit, new RequestMade(_job, key.Page, RequestKind.Page, now, 7, 200), DomainMemory.Blank(_start.Domain) with { Awake = true }, now);
    }
}
