using Amble.App.Sql.Postgres;
using Amble.Messages;

namespace Amble.App.Sql.Reading;

/// <summary>
/// URLs and titles of pages among which is searched, without those whose visits have expired: read one by one where that costs next to nothing, since most searches end early, and at
/// once over a network.
/// </summary>
internal sealed class SearchedWords
{
    public const string One = "SELECT p.url, v.title FROM visits v JOIN pages p ON p.id = v.page_id WHERE v.job_id = ? AND v.page_id = ? AND v.started_at > ?";

    public const string All =
        "SELECT p.url, v.title, v.page_id FROM unnest($1) AS k (page) JOIN visits v ON v.job_id = $2 AND v.page_id = k.page AND v.started_at > $3 JOIN pages p ON p.id = v.page_id";

    private readonly Database _database;
    private readonly JobId _job;
    private readonly long _since;
    private readonly Dictionary<PageId, (string Url, string? Title)>? _read;

    public SearchedWords(Database database, JobId job, long since, IReadOnlyList<PageId> pages)
    {
        (_database, _job, _since) = (database, job, since);
        if (database is not PostgresDatabase postgres) return;
        _read = [];
        var words = postgres.At(All).BindAll([.. pages.Select(page => page.Value)]).Bind(job.Value).Bind(since);
        while (words.Step()) _read[new PageId(words.Integer(2))] = (words.Text(0), words.MaybeText(1));
    }

    /// <param name="search">Null asks only whether the visit has not expired.</param>
    public bool Have(PageId page, Needle? search)
    {
        if (_read is not null) return _read.TryGetValue(page, out var read) && search?.IsIn(read.Url, read.Title) != false;
        var words = _database[One].Bind(_job.Value).Bind(page.Value).Bind(_since);
        var isFound = words.Step() && search?.IsIn(words.Text(0), words.MaybeText(1)) != false;
        words.End();
        return isFound;
    }
}
