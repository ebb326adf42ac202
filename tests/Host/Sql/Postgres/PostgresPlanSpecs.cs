using Amble.App.Sql.Postgres;
using Amble.App.Sql.Reading;
using Xunit;

namespace Amble.Host.Specs.Sql.Postgres;

/// <summary>
/// What is read of many rows is read along an index in the right order. The tables here are all but empty, and a small table is best read
/// whole and sorted; so both are made dear, and are in a plan only where no index could do without.
/// </summary>
[Collection(InPostgres.Name), Trait(InPostgres.Needs, InPostgres.Server)]
public sealed class PostgresPlanSpecs(ThrowawayPostgres postgres)
{
    [Fact]
    public void The_window_is_read_along_the_index_of_open_units()
    {
        var plan = PlanOf(DomainReads.Window, "text, bigint, bigint, bigint, bigint, bigint");
        Assert.Contains("Index Scan using frontier_open on frontier f", plan);
        Assert.Contains("Index Scan using pages_pkey on pages p", plan);
    }

    [Fact]
    public void When_the_next_unit_is_due_is_its_first_entry_behind_the_window() =>
        Assert.Contains("using frontier_open on frontier", PlanOf(DomainReads.NextDue, "text, bigint, bigint, bigint"));

    [Fact]
    public void Domains_that_are_due_are_read_along_their_index() =>
        Assert.Contains("Index Scan using domains_to_wake on domains", PlanOf(DomainReads.DueOnPostgres, "bigint, bigint, bigint, text"));

    [Theory]
    [InlineData(PageListReads.Found, "bigint, bigint, bigint", "visits_job_id_page_id_key")]
    [InlineData(PageListReads.FoundOfClass, "bigint, bigint, bigint, bigint", "visits_by_class")]
    [InlineData(PageListReads.OrderedOfClass, "bigint, bigint, bigint, bigint, bigint, bigint", "visit_order_pkey")]
    [InlineData(PageListReads.OrderedOnPostgres, "bigint, bigint, bigint, bigint, bigint", "visit_order_pkey")]
    [InlineData(PageListReads.OfIssue, "bigint, bigint, bigint, bigint", "visit_order_pkey")]
    public void A_list_walks_an_index_and_gathers_nothing(string sql, string types, string index) => Assert.Contains(index, PlanOf(sql, types));

    private string PlanOf(string sql, string types)
    {
        using var store = postgres.OpenEmpty();
        // As a prepared statement is planned once its values do not matter any more.
        store.Writing.Execute("SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_sort = off; SET enable_bitmapscan = off");
        store.Writing.Execute($"PREPARE planned ({types}) AS {PostgresText.Of(sql)}");
        var steps = new List<string>();
        var plan = store.Writing[$"EXPLAIN EXECUTE planned ({string.Join(", ", types.Split(", ").Select(_ => "NULL"))})"];
        while (plan.Step()) steps.Add(plan.Text(0));
        Assert.DoesNotContain(steps, step => step.Contains("Seq Scan", StringComparison.Ordinal));
        Assert.DoesNotContain(steps, step => step.Contains("Sort  (", StringComparison.Ordinal));
        return string.Join('\n', steps);
    }
}
