using Amble.Behaviours.Jobs;
using Amble.Messages;

namespace Amble.App.Sql.Reading.Reports;

/// <summary>
/// Makes the report of a job whose units have ended, part by part, with short reads in between and memory that is bounded however large
/// the job is. First how many pages link to each page, in passes over all outlinks for 200,000 pages each; the first pass also counts the
/// sources of what is broken. Then broken pages by rank, their sources in one more pass, redirects with the worst first, slow pages, and how
/// the domains were asked.
/// </summary>
internal sealed class ReportMaking(ReadPool pool, DetailReads details, PolitenessMaking politeness, Ages ages, UnpackOutlinks unpack, CancellationToken stop)
{
    private const int PagesInPass = 200_000;
    private const int RowsAtOnce = 250;

    private const string Pages =
        "SELECT v.page_id, p.url FROM visits v JOIN pages p ON p.id = v.page_id WHERE v.job_id = ? AND v.page_id > ? ORDER BY v.page_id LIMIT ?";

    private const string FirstSource =
        "SELECT p.url, f.anchor FROM frontier f JOIN pages p ON p.id = f.source_page WHERE f.job_id = ? AND f.page_id = ?";

    private readonly OutlinkScan _scan = new(pool, details, unpack, stop);

    public IEnumerable<ReportPart> Make(JobId job)
    {
        var parts = new PartBuilder();
        var broken = BrokenTargets.Read(pool, job);
        foreach (var part in CountInlinks(job, broken, parts)) yield return part;
        foreach (var part in ListBroken(job, broken, parts)) yield return part;
        var redirects = Slices(skip => pool.Read(database => RowReads.ReadRedirects(database, Ages.All, job, RowsAtOnce, skip)));
        foreach (var part in List(ReportList.Redirected, RedirectShape.WorstFirst(redirects), parts)) yield return part;
        foreach (var part in List(ReportList.Slow, Slices(skip => pool.Read(database => RowReads.ReadSlow(database, details, ages, job, RowsAtOnce, skip))), parts)) yield return part;
        foreach (var (rank, of) in politeness.Make(job, stop).Index())
            if (parts.Add(rank, of) is { } full) yield return full;
        if (parts.Take() is { } last) yield return last;
    }

    private IEnumerable<ReportPart> CountInlinks(JobId job, BrokenTargets broken, PartBuilder parts)
    {
        var after = new PageId(0);
        while (ReadPass(job, after) is { Pages.Count: > 0 } pass)
        {
            var number = 0;
            foreach (var page in _scan.Pages(job))
            {
                number++;
                foreach (var (url, _) in page.Links)
                {
                    pass.Links.Count(number, url);
                    if (after.Value == 0) broken.Links.Count(number, url);
                }
            }
            for (var i = 0; i < pass.Pages.Count; i++)
                if (parts.Add(pass.Pages[i], pass.Links[i]) is { } full) yield return full;
            after = pass.Pages[^1];
        }
        // The lists tell these counts, so they are stored first.
        if (parts.Take() is { } rest) yield return rest;
    }

    private (List<PageId> Pages, LinkCounter Links) ReadPass(JobId job, PageId after)
    {
        var pages = new List<PageId>();
        var links = new LinkCounter(0);
        while (pages.Count < PagesInPass && pool.Read(database => ReadPages(database, job, after)) is { Count: > 0 } slice)
        {
            foreach (var (page, url) in slice)
            {
                pages.Add(page);
                links.AddTarget(url);
            }
            after = pages[^1];
        }
        return (pages, links);
    }

    private IEnumerable<ReportPart> ListBroken(JobId job, BrokenTargets broken, PartBuilder parts)
    {
        var counts = broken.Links.Counts.ToArray();
        for (var target = 0; target < counts.Length; target++)
        {
            // Nobody links to it, or what linked to it has gone: there is the page that made it known.
            if (counts[target] > 0 || pool.Read(database => ReadFirstSource(database, job, broken.Pages[target])) is not { } first) continue;
            counts[target] = 1;
            if (parts.Add(broken.Pages[target], first) is { } full) yield return full;
        }

        var ranked = Enumerable.Range(0, counts.Length).OrderByDescending(target => counts[target]).ThenBy(target => target);
        var rank = 0;
        foreach (var some in ranked.Chunk(RowsAtOnce))
        {
            var first = rank;
            foreach (var row in pool.Read(database => some.Select((target, i) => RowReads.ReadOne(database, job, broken.Pages[target], first + i)! with { SourceCount = counts[target] }).ToList()))
                if (parts.Add(ReportList.Broken, row) is { } full) yield return full;
            rank += some.Length;
        }
        foreach (var part in ListSources(job, broken, SourcesRule.Bound(counts), parts)) yield return part;
    }

    private IEnumerable<ReportPart> ListSources(JobId job, BrokenTargets broken, int bound, PartBuilder parts)
    {
        if (broken.Pages.Count == 0) yield break;
        broken.Links.Restart();
        var number = 0;
        foreach (var page in _scan.Pages(job))
        {
            number++;
            foreach (var (url, anchor) in page.Links)
            {
                if (broken.Links.Count(number, url) is not { } target || broken.Links[target] > bound) continue;
                var source = new ReportSource(broken.Links[target] - 1, PageUrl.FromStored(page.Url), anchor);
                if (parts.Add(broken.Pages[target], source) is { } full) yield return full;
            }
        }
    }

    private static IEnumerable<ReportPart> List(ReportList list, IEnumerable<ReportPage> rows, PartBuilder parts)
    {
        foreach (var row in rows)
            if (parts.Add(list, row) is { } full) yield return full;
    }

    private static IEnumerable<ReportPage> Slices(Func<int, IReadOnlyList<ReportPage>> read)
    {
        var skip = 0;
        while (read(skip) is { Count: > 0 } rows)
        {
            foreach (var row in rows) yield return row;
            skip += rows.Count;
        }
    }

    private static List<(PageId Page, string Url)> ReadPages(Database database, JobId job, PageId after)
    {
        var slice = new List<(PageId, string)>();
        var found = database[Pages].Bind(job.Value).Bind(after.Value).Bind(RowsAtOnce);
        while (found.Step()) slice.Add((new PageId(found.Integer(0)), found.Text(1)));
        return slice;
    }

    private static ReportSource? ReadFirstSource(Database database, JobId job, PageId target)
    {
        var found = database[FirstSource].Bind(job.Value).Bind(target.Value);
        if (!found.Step()) return null;
        var source = new ReportSource(0, PageUrl.FromStored(found.Text(0)), found.MaybeText(1) ?? "");
        found.End();
        return source;
    }
}
