using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Sql.Reading;

/// <summary>Cards, and what has none yet. Lists are read to their end before they are given out.</summary>
internal static class CardReads
{
    private const string Standing = "SELECT hash, failures, retry_at, error FROM card_of WHERE kind = ? AND id = ?";
    private const string Picture = "SELECT png FROM cards WHERE hash = ?";
    private const string IsThere = "SELECT 1 FROM cards WHERE hash = ?";
    private const string SiteId = "SELECT id FROM domains WHERE name = ?";
    private const string SiteName = "SELECT name FROM domains WHERE id = ?";

    // What a job's end closed without asking has nothing to show.
    private const string WithoutCard =
        """
        FROM visits v LEFT JOIN card_of c ON c.kind = 0 AND c.id = v.page_id
        WHERE v.job_id = ? AND v.status IS NOT NULL AND c.hash IS NULL
        """;

    /// <summary>Pages of one job, in the order of the index that has them.</summary>
    public const string Uncarded = "SELECT v.page_id " + WithoutCard + " AND (c.retry_at IS NULL OR c.retry_at <= ?) ORDER BY v.page_id LIMIT ?";

    private const string CountOfUncarded = "SELECT count(*) " + WithoutCard;
    private const string Left = "SELECT job_id, pages FROM cards_left ORDER BY job_id DESC LIMIT ?";
    private const string Named = "SELECT kind, id, hash FROM card_of WHERE (kind, id) > (?, ?) AND hash IS NOT NULL ORDER BY kind, id LIMIT ?";
    private const string CardSum = "SELECT count(*), coalesce(CAST(sum(size) AS bigint), 0), count(unnamed_at) FROM cards";
    private const string NameSum =
        """
        SELECT count(hash), count(CASE WHEN failures > 0 THEN 1 END), count(CASE WHEN retry_at > ? THEN 1 END) FROM card_of
        """;

    private const string LeftSum = "SELECT coalesce(CAST(sum(pages) AS bigint), 0) FROM cards_left";

    public static CardStanding? ReadStanding(Database database, CardSubject subject)
    {
        var found = database[Standing].Bind((long)subject.Kind).Bind(subject.Id);
        if (!found.Step()) return null;
        var standing = new CardStanding(found.MaybeText(0), found.Number(1), StoredTime.Instant(found.MaybeInteger(2)), found.MaybeText(3));
        found.End();
        return standing;
    }

    public static byte[]? ReadCard(Database database, string hash)
    {
        var found = database[Picture].Bind(hash);
        if (!found.Step()) return null;
        var png = found.Blob(0);
        found.End();
        return png;
    }

    public static bool HasCard(Database database, string hash) => database[IsThere].Bind(hash).Single() is not null;

    public static CardSubject? FindSite(Database database, DomainName domain) =>
        database[SiteId].Bind(domain.Value).Single() is { } id ? new CardSubject(CardKind.Site, id) : null;

    public static DomainName? ReadSite(Database database, CardSubject site)
    {
        var found = database[SiteName].Bind(site.Id);
        if (!found.Step()) return null;
        var name = DomainName.FromStored(found.Text(0));
        found.End();
        return name;
    }

    public static IReadOnlyList<PageId> ReadUncarded(Database database, JobId job, DateTimeOffset now, int limit)
    {
        var pages = new List<PageId>();
        var found = database[Uncarded].Bind(job.Value).Bind(StoredTime.Now(now)).Bind(limit);
        while (found.Step()) pages.Add(new PageId(found.Integer(0)));
        return pages;
    }

    public static long CountUncarded(Database database, JobId job) => database[CountOfUncarded].Bind(job.Value).Single() ?? 0;

    public static IReadOnlyList<(JobId, long)> ReadLeft(Database database, int limit)
    {
        var jobs = new List<(JobId, long)>();
        var found = database[Left].Bind(limit);
        while (found.Step()) jobs.Add((new JobId(found.Integer(0)), found.Integer(1)));
        return jobs;
    }

    public static IReadOnlyList<(CardSubject, string)> ReadNamed(Database database, CardSubject? after, int limit)
    {
        var named = new List<(CardSubject, string)>();
        var found = database[Named].Bind((long)(after?.Kind ?? 0)).Bind(after?.Id ?? 0).Bind(limit);
        while (found.Step()) named.Add((new CardSubject((CardKind)found.Number(0), found.Integer(1)), found.Text(2)));
        return named;
    }

    public static CardSums ReadSums(Database database, DateTimeOffset now)
    {
        var (cards, named) = (Row(database[CardSum], 3), Row(database[NameSum].Bind(StoredTime.Now(now)), 3));
        return new CardSums(cards[0], cards[1], cards[2], named[0], named[1], named[2], Row(database[LeftSum], 1)[0]);
    }

    private static long[] Row(Statement found, int columns)
    {
        var row = new long[columns];
        if (found.Step())
        {
            for (var i = 0; i < columns; i++) row[i] = found.Integer(i);
        }
        found.End();
        return row;
    }
}
