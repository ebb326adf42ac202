using Amble.Messages;

namespace Amble.App.Sql.Reading.Reports;

/// <summary>
/// Where a redirect leads: each step by what became of it in the same job, to the one that redirects no further. After ten steps it is
/// told no further, and at the step that was there before it ends.
/// </summary>
internal static class RedirectChain
{
    private const int MostHops = 10;

    private const string Step =
        """
        SELECT v.class, v.status, v.redirect_to FROM pages p JOIN visits v ON v.job_id = ? AND v.page_id = p.id AND v.started_at > ? WHERE p.url = ?
        """;

    public static IReadOnlyList<ReportHop> Read(Database database, long since, JobId job, string from, string to)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { from };
        var chain = new List<ReportHop>();
        for (string? next = to; next is not null && chain.Count < MostHops;)
        {
            var hop = new ReportHop(PageUrl.FromStored(next), null, null);
            var closesLoop = !seen.Add(next);
            var found = database[Step].Bind(job.Value).Bind(since).Bind(next);
            next = null;
            if (found.Step())
            {
                hop = hop with { Class = (StatusClass)found.Number(0), Status = (int?)found.MaybeInteger(1) };
                next = closesLoop ? null : found.MaybeText(2);
                found.End();
            }
            chain.Add(hop);
        }
        return chain;
    }
}
