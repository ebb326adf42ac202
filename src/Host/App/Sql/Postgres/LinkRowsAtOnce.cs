using Amble.App.Sql.Writing;
using Amble.Messages;

namespace Amble.App.Sql.Postgres;

/// <summary>
/// Found URLs of a turn: their pages and their places in a frontier are read in one go before its commands, and new units are written by
/// one statement. A part of 500 links would be a thousand questions otherwise.
/// </summary>
internal sealed class LinkRowsAtOnce(PostgresDatabase database) : LinkRows
{
    // Those that are known cost no number of the sequence.
    private const string InsertPages =
        """
        INSERT INTO pages (url, domain_id) SELECT u.url, u.domain FROM unnest($1, $2) AS u (url, domain)
        WHERE NOT EXISTS (SELECT 1 FROM pages p WHERE p.url = u.url) ON CONFLICT (url) DO NOTHING
        """;

    private const string Select =
        """
        SELECT u.n, p.id, CASE WHEN f.page_id IS NULL THEN 0 WHEN f.kind = 0 AND f.state = 2 AND f.exclusion IN (3, 4, 7) THEN 2 ELSE 1 END
        FROM unnest($1, $2) WITH ORDINALITY AS u (job, url, n) JOIN pages p ON p.url = u.url
        LEFT JOIN frontier f ON f.job_id = u.job AND f.page_id = p.id
        """;

    private const string InsertUnits =
        """
        INSERT INTO frontier (job_id, page_id, domain_id, kind, state, exclusion, depth, hops, due_at, source_page, anchor)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (job_id, page_id) DO NOTHING
        """;

    private const string SelectPlace =
        "SELECT CASE WHEN kind = 0 AND state = 2 AND exclusion IN (3, 4, 7) THEN 2 ELSE 1 END FROM frontier WHERE job_id = ? AND page_id = ?";

    private readonly Dictionary<string, PageId> _pages = new(StringComparer.Ordinal);
    private readonly Dictionary<UnitKey, Place> _places = [];
    private readonly List<(JobId Job, NewUnit Unit)> _new = [];

    private enum Place
    {
        None = 0,
        In = 1,
        MayComeIn = 2,
    }

    /// <summary>Makes the pages of these URLs where they are missing, and asks for their places in the jobs' frontiers; what is given back takes the answer.</summary>
    public Action Prepare(IReadOnlyCollection<(JobId Job, PageUrl Url, DomainRow Domain)> found)
    {
        if (found.Count == 0) return () => { };
        Make([.. found.DistinctBy(one => one.Url.Text).Select(one => (one.Url.Text, one.Domain))]);
        var asked = found.DistinctBy(one => (one.Job, one.Url.Text)).ToArray();
        var places = database.At(Select).BindAll(Array.ConvertAll(asked, one => one.Job.Value)).BindAll(Array.ConvertAll(asked, one => one.Url.Text));
        places.Ahead();
        return () =>
        {
            while (places.Step())
            {
                var (job, url, _) = asked[places.Integer(0) - 1];
                var page = new PageId(places.Integer(1));
                _pages[url.Text] = page;
                _places[new UnitKey(job, page)] = (Place)places.Number(2);
            }
        };
    }

    public override PageId PageOf(PageUrl url, DomainRow domain)
    {
        if (_pages.TryGetValue(url.Text, out var known)) return known;
        Make([(url.Text, domain)]);
        var page = new PageId(database["SELECT id FROM pages WHERE url = ?"].Bind(url.Text).Single()!.Value);
        _pages.Add(url.Text, page);
        return page;
    }

    public override bool Insert(JobId job, NewUnit unit)
    {
        var key = new UnitKey(job, unit.Page);
        if (PlaceOf(key) != Place.None) return false;
        _new.Add((job, unit));
        _places[key] = unit.MayComeIn ? Place.MayComeIn : Place.In;
        return true;
    }

    public override bool LetIn(JobId job, NewUnit unit)
    {
        var key = new UnitKey(job, unit.Page);
        if (PlaceOf(key) != Place.MayComeIn) return false;
        Flush();
        _places[key] = Place.In;
        return database[LinkRowsByOne.LetUnitIn]
            .Bind(unit.Depth).Bind(unit.Hops).Bind(unit.DueAt).Bind(unit.Source?.Value).Bind(unit.Anchor).Bind(job.Value).Bind(unit.Page.Value).Run() == 1;
    }

    public override void Took(JobId job, PageId page) => _places[new UnitKey(job, page)] = Place.In;

    public override void Flush()
    {
        if (_new.Count == 0) return;
        long[] All(Func<NewUnit, long> value) => [.. _new.Select(one => value(one.Unit))];
        database.At(InsertUnits)
            .BindAll([.. _new.Select(one => one.Job.Value)]).BindAll(All(unit => unit.Page.Value)).BindAll(All(unit => unit.Domain.Id)).BindAll(All(unit => (long)unit.Kind))
            .BindAll(All(unit => unit.Why is null ? 0 : 2)).BindAll([.. _new.Select(one => (long?)one.Unit.Why)]).BindAll(All(unit => unit.Depth))
            .BindAll(All(unit => unit.Hops)).BindAll(All(unit => unit.DueAt)).BindAll([.. _new.Select(one => one.Unit.Source?.Value)])
            .BindAll([.. _new.Select(one => one.Unit.Anchor)]).Put();
        _new.Clear();
    }

    public override void Forget()
    {
        _pages.Clear();
        _places.Clear();
        _new.Clear();
    }

    private void Make((string Url, DomainRow Domain)[] pages) =>
        database.At(InsertPages).BindAll(Array.ConvertAll(pages, page => page.Url)).BindAll(Array.ConvertAll(pages, page => page.Domain.Id)).Put();

    private Place PlaceOf(UnitKey unit)
    {
        if (!_places.TryGetValue(unit, out var place))
            _places.Add(unit, place = (Place)(database[SelectPlace].Bind(unit.Job.Value).Bind(unit.Page.Value).Single() ?? 0));
        return place;
    }
}
