using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Sql.Reading;

/// <summary>Unpacks the outlinks that a visit's details keep.</summary>
public delegate IEnumerable<(string Url, string Anchor)> UnpackOutlinks(byte[] packed);

/// <summary>
/// What a job's end needs. A page is a source of a broken one when it links to it, or to something that was redirected to it, in however
/// many steps. Each source is named once per broken page, with the first anchor text; at most 1,000 per broken page are kept, so that a
/// link in the footer of a large site does not make a report larger than the site.
/// </summary>
internal sealed class EndingReads(ReadPool pool, UnpackOutlinks unpack)
{
    private const int MostSources = 1_000;
    private const int VisitsAtOnce = 500;

    private const string Broken =
        """
        SELECT v.page_id, p.url FROM visits v INDEXED BY visits_by_class JOIN pages p ON p.id = v.page_id
        WHERE v.job_id = ? AND v.class <> 0 AND v.class = 3 ORDER BY v.page_id
        """;

    private const string Redirects =
        """
        SELECT p.url, v.redirect_to FROM visits v INDEXED BY visits_by_class JOIN pages p ON p.id = v.page_id
        WHERE v.job_id = ? AND v.class <> 0 AND v.class = 1 AND v.redirect_to IS NOT NULL
        """;

    private const string Outlinks =
        """
        SELECT v.page_id, d.outlinks FROM visits v JOIN details d ON d.visit_id = v.id
        WHERE v.job_id = ? AND v.page_id > ? ORDER BY v.page_id LIMIT ?
        """;

    private const string FirstSource = "SELECT source_page, anchor FROM frontier WHERE job_id = ? AND page_id = ? AND source_page IS NOT NULL";

    private const string Start =
        """
        SELECT f.exclusion, v.class, v.status, v.error, r.status
        FROM jobs j
        JOIN pages p ON p.url = j.start_url
        JOIN frontier f ON f.job_id = j.id AND f.page_id = p.id
        LEFT JOIN visits v ON v.job_id = j.id AND v.page_id = p.id
        LEFT JOIN robots r ON r.domain_id = p.domain_id AND r.origin = ?
        WHERE j.id = ?
        """;

    private const string StartUrl = "SELECT start_url FROM jobs WHERE id = ?";

    public JobEnding Read(JobId job)
    {
        var (targets, problem) = pool.Read(database => (ReadTargets(database, job), ReadStartProblem(database, job)));
        return new JobEnding(targets.Count == 0 ? [] : ReadSources(job, targets), problem);
    }

    /// <summary>Each URL that leads to something broken, with what it leads to.</summary>
    private static Dictionary<string, PageId> ReadTargets(Database database, JobId job)
    {
        var targets = new Dictionary<string, PageId>(StringComparer.Ordinal);
        var broken = database[Broken].Bind(job.Value);
        while (broken.Step()) targets.TryAdd(broken.Text(1), new PageId(broken.Integer(0)));
        if (targets.Count == 0) return targets;

        var cameFrom = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var redirects = database[Redirects].Bind(job.Value);
        while (redirects.Step())
        {
            var to = redirects.Text(1);
            if (!cameFrom.TryGetValue(to, out var list)) cameFrom.Add(to, list = []);
            list.Add(redirects.Text(0));
        }
        var unseen = new Queue<string>(targets.Keys);
        while (unseen.TryDequeue(out var url))
        {
            foreach (var from in cameFrom.GetValueOrDefault(url, []))
                if (targets.TryAdd(from, targets[url])) unseen.Enqueue(from);
        }
        return targets;
    }

    // In slices, so that no read holds a snapshot for long and the writer's checkpoint can go on.
    private List<WriterProtocol.BrokenSource> ReadSources(JobId job, Dictionary<string, PageId> targets)
    {
        var sources = new List<WriterProtocol.BrokenSource>();
        var counts = targets.Values.Distinct().ToDictionary(target => target, _ => 0);
        var after = 0L;
        while (pool.Read(database => ReadSlice(database, job, after)) is { Count: > 0 } slice)
        {
            after = slice[^1].Page.Value;
            foreach (var (page, packed) in slice) AddSources(page, packed, targets, counts, sources);
        }

        foreach (var target in counts.Where(count => count.Value == 0).Select(count => count.Key))
            if (pool.Read(database => ReadFirstSource(database, job, target)) is { } first) sources.Add(first);
        return sources;
    }

    private void AddSources(
        PageId page, byte[] packed, Dictionary<string, PageId> targets, Dictionary<PageId, int> counts, List<WriterProtocol.BrokenSource> sources)
    {
        HashSet<PageId>? named = null;
        foreach (var (url, anchor) in unpack(packed))
        {
            if (!targets.TryGetValue(url, out var target) || counts[target] >= MostSources || !(named ??= []).Add(target)) continue;
            counts[target]++;
            sources.Add(new WriterProtocol.BrokenSource(target, page, anchor));
        }
    }

    private static List<(PageId Page, byte[] Packed)> ReadSlice(Database database, JobId job, long after)
    {
        var slice = new List<(PageId, byte[])>();
        var found = database[Outlinks].Bind(job.Value).Bind(after).Bind(VisitsAtOnce);
        while (found.Step()) slice.Add((new PageId(found.Integer(0)), found.Blob(1)));
        return slice;
    }

    private static WriterProtocol.BrokenSource? ReadFirstSource(Database database, JobId job, PageId target)
    {
        var found = database[FirstSource].Bind(job.Value).Bind(target.Value);
        if (!found.Step()) return null;
        var source = new WriterProtocol.BrokenSource(target, new PageId(found.Integer(0)), found.MaybeText(1) ?? "");
        found.End();
        return source;
    }

    private static string? ReadStartProblem(Database database, JobId job)
    {
        var url = database[StartUrl].Bind(job.Value);
        if (!url.Step()) return null;
        var start = PageUrl.FromStored(url.Text(0));
        url.End();

        var found = database[Start].Bind(start.Origin).Bind(job.Value);
        if (!found.Step()) return null;
        var exclusion = (ExclusionReason?)found.MaybeInteger(0);
        var visited = found.MaybeInteger(1) is not null;
        var status = found.MaybeInteger(2);
        var error = found.MaybeText(3);
        var robots = found.MaybeInteger(4);
        found.End();

        return exclusion switch
        {
            ExclusionReason.Robots => $"{start.Robots} does not allow {start} to be asked for.",
            ExclusionReason.RobotsUnreachable => $"{start.Robots} could not be read ({Answer(robots)}), so that nothing of {start.Origin} may be asked for.",
            { } other => $"{start} was kept out ({other}).",
            null when visited && status is null or < 0 => error ?? $"{start} was not answered ({Answer(status)}).",
            null => null,
        };
    }

    private static string Answer(long? status) => status switch
    {
        null => "no answer",
        < 0 => ((FetchFailure)(-status.Value)).ToString(),
        { } answered => $"HTTP {answered}",
    };
}
