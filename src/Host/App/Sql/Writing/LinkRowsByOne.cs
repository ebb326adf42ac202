using Amble.Messages;

namespace Amble.App.Sql.Writing;

/// <summary>Found URLs by a statement each: where asking costs next to nothing.</summary>
internal sealed class LinkRowsByOne(Database database) : LinkRows
{
    private const string InsertPage = "INSERT INTO pages (url, domain_id) VALUES (?, ?) ON CONFLICT (url) DO NOTHING";
    private const string SelectPage = "SELECT id FROM pages WHERE url = ?";

    private const string InsertUnit =
        """
        INSERT INTO frontier (job_id, page_id, domain_id, kind, state, exclusion, depth, hops, due_at, source_page, anchor)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (job_id, page_id) DO NOTHING
        """;

    public const string LetUnitIn =
        """
        UPDATE frontier SET state = 0, exclusion = NULL, depth = ?, hops = ?, due_at = ?, source_page = ?, anchor = ?
        WHERE job_id = ? AND page_id = ? AND kind = 0 AND state = 2 AND exclusion IN (3, 4, 7)
        """;

    public override PageId PageOf(PageUrl url, DomainRow domain) =>
        new(database[InsertPage].Bind(url.Text).Bind(domain.Id).RunForId() ?? database[SelectPage].Bind(url.Text).Single()!.Value);

    public override bool Insert(JobId job, NewUnit unit) =>
        database[InsertUnit]
            .Bind(job.Value).Bind(unit.Page.Value).Bind(unit.Domain.Id).Bind((long)unit.Kind).Bind(unit.Why is null ? 0 : 2).Bind((long?)unit.Why)
            .Bind(unit.Depth).Bind(unit.Hops).Bind(unit.DueAt).Bind(unit.Source?.Value).Bind(unit.Anchor).Run() == 1;

    public override bool LetIn(JobId job, NewUnit unit) =>
        database[LetUnitIn]
            .Bind(unit.Depth).Bind(unit.Hops).Bind(unit.DueAt).Bind(unit.Source?.Value).Bind(unit.Anchor).Bind(job.Value).Bind(unit.Page.Value).Run() == 1;
}
