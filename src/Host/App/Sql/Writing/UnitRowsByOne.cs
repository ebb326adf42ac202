using Amble.App.Sql.Periods;
using Amble.Messages;

namespace Amble.App.Sql.Writing;

/// <summary>Units by a statement each, which tells what it changed: where asking costs next to nothing.</summary>
internal sealed class UnitRowsByOne(Database database, PeriodRows periods) : UnitRows
{
    private const string InsertRequest =
        """
        INSERT INTO requests (domain_id, started_us, job_id, page_id, kind, status, milliseconds) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (domain_id, started_us, job_id, page_id, kind) DO NOTHING
        """;

    private const string CountFirstTry = "UPDATE frontier SET tries = tries + 1 WHERE job_id = ? AND page_id = ? RETURNING tries";
    private const string CountWarmTry = "UPDATE frontier SET warm_tries = warm_tries + 1 WHERE job_id = ? AND page_id = ? RETURNING warm_tries";

    private const string EndUnit = "UPDATE frontier SET state = 1, class = ? WHERE job_id = ? AND page_id = ? AND kind <> 2 AND state = 0 AND warm = 0 RETURNING depth";

    private const string OpenUnitForWarm =
        """
        UPDATE frontier SET warm = 1, due_at = ?, throttles = 0, errors = 0, last_refused_at = NULL
        WHERE job_id = ? AND page_id = ? AND kind = 0 AND state = 0 AND warm = 0 RETURNING depth
        """;

    private const string EndWarmUnit = "UPDATE frontier SET state = 1, class = 0 WHERE job_id = ? AND page_id = ? AND state = 0 AND warm = 1";
    private const string EndSitemapUnit = "UPDATE frontier SET state = 1, class = ? WHERE job_id = ? AND page_id = ? AND kind = 2 AND state = 0";

    // What is open for its second visit has been asked for, whatever keeps it out now.
    private const string CloseUnit =
        """
        UPDATE frontier SET state = CASE WHEN warm = 1 THEN 1 ELSE ? END, exclusion = CASE WHEN warm = 1 THEN NULL ELSE ? END,
               class = CASE WHEN warm = 1 THEN 0 ELSE class END
        WHERE job_id = ? AND page_id = ? AND state = 0 RETURNING kind, domain_id, warm
        """;

    private const string PutUnitOff =
        """
        UPDATE frontier SET throttles = ?, errors = ?, due_at = ?, last_refused_at = ? WHERE job_id = ? AND page_id = ? AND state = 0
        """;

    private const string SelectUrl = "SELECT url FROM pages WHERE id = ?";

    public override bool AddRequest(RequestMade request, DomainRow domain)
    {
        var period = periods.Of(PeriodFamily.Requests, request.StartedAt);
        var row = periods.Write(period)[InsertRequest]
            .Bind(domain.Id).Bind(StoredTime.Microseconds(request.StartedAt)).Bind(request.Job.Value).Bind(request.Page?.Value ?? 0)
            .Bind((long)request.Kind).Bind(request.Status).Bind(request.Milliseconds).RunForId();
        if (row is { } number) periods.Came(period, request.Job, 1, number);
        return row is not null;
    }

    public override long CountTry(UnitKey unit, bool isWarm) => For(isWarm ? CountWarmTry : CountFirstTry, unit).Single() ?? 0;

    public override int? End(UnitKey unit, StatusClass @class) =>
        (int?)database[EndUnit].Bind((long)@class).Bind(unit.Job.Value).Bind(unit.Page.Value).Single();

    public override int? OpenForWarm(UnitKey unit, long dueAt) =>
        (int?)database[OpenUnitForWarm].Bind(dueAt).Bind(unit.Job.Value).Bind(unit.Page.Value).Single();

    public override bool EndWarm(UnitKey unit) => For(EndWarmUnit, unit).Run() == 1;

    public override bool EndSitemap(UnitKey unit, StatusClass @class) =>
        database[EndSitemapUnit].Bind((long)@class).Bind(unit.Job.Value).Bind(unit.Page.Value).Run() == 1;

    public override ClosedUnit? Close(UnitKey unit, ExclusionReason? why)
    {
        var closed = database[CloseUnit].Bind(why is null ? 1 : 2).Bind((long?)why).Bind(unit.Job.Value).Bind(unit.Page.Value);
        if (!closed.Step()) return null;
        var was = new ClosedUnit((UnitKind)closed.Number(0), closed.Integer(1), closed.Flag(2));
        closed.End();
        return was;
    }

    public override void PutOff(Unit unit) =>
        database[PutUnitOff]
            .Bind(unit.Throttles).Bind(unit.Errors).Bind(StoredTime.Milliseconds(unit.DueAt)).Bind(StoredTime.Milliseconds(unit.LastRefusedAt))
            .Bind(unit.Key.Job.Value).Bind(unit.Key.Page.Value).Run();

    public override string UrlOf(PageId page)
    {
        var found = database[SelectUrl].Bind(page.Value);
        var url = found.Step() ? found.Text(0) : "";
        found.End();
        return url;
    }

    private Statement For(string sql, UnitKey unit) => database[sql].Bind(unit.Job.Value).Bind(unit.Page.Value);
}
