using Amble.App.Sql;
using Amble.App.Sql.Reading;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

/// <summary>
/// How a domain's crawler finds its next work among a million open URLs: along an index that is in the right order, so that a read costs
/// what it gives out, whatever there is beside it. What it gives out is looked up by key: the index holds open units only, so it cannot
/// hold what changes while they are open without growing as large as the table.
/// </summary>
public sealed class WindowPlanSpecs : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteStore _store;

    public WindowPlanSpecs() => _store = SqliteStore.Open(_directory.Path, Unpack);

    [Fact]
    public void The_window_is_read_along_the_index_of_open_units_and_never_sorted()
    {
        var steps = PlanOf(DomainReads.Window);
        Assert.Equal("SEARCH f USING INDEX frontier_open (domain_id=? AND (due_at,job_id,page_id)>(?,?,?) AND due_at<?)", steps[0]);
        Assert.Contains("SEARCH p USING INTEGER PRIMARY KEY (rowid=?)", steps);
        // Whatever else is looked up of a unit is found by an index, too.
        Assert.All(steps, step => Assert.Matches("^(SEARCH .* USING |(CORRELATED )?SCALAR SUBQUERY |LIST SUBQUERY )", step));
    }

    [Fact]
    public void When_the_next_unit_is_due_is_its_first_entry_behind_the_window() => Assert.Equal(
        [
            "SEARCH frontier USING INDEX frontier_open (domain_id=? AND (due_at,job_id)>(?,?))",
            "SCALAR SUBQUERY 1",
            "SEARCH domains USING COVERING INDEX sqlite_autoindex_domains_1 (name=?)",
        ],
        PlanOf(DomainReads.NextDue));

    [Fact]
    public void Domains_that_are_due_are_read_along_their_index() =>
        Assert.Equal("SEARCH domains USING INDEX domains_to_wake (awake=? AND wake_at>? AND wake_at<?)", PlanOf(DomainReads.Due)[0]);

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    private List<string> PlanOf(string sql)
    {
        var steps = new List<string>();
        var plan = _store.Writing["EXPLAIN QUERY PLAN " + sql];
        while (plan.Step()) steps.Add(plan.Text(3));
        // The start URLs of a command are a list within the statement; that is no table.
        Assert.DoesNotContain(steps, step => step.StartsWith("SCAN", StringComparison.Ordinal) && !step.StartsWith("SCAN json_each", StringComparison.Ordinal));
        Assert.DoesNotContain(steps, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
        return steps;
    }
}
