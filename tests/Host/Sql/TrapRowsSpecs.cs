using Amble.App.Sql;
using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

public sealed class TrapRowsSpecs : IDisposable
{
    private static readonly TrapSettings _threeDates = new() { Dates = 3 };

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void A_budget_outlives_the_process_and_a_repeated_command_charges_nothing()
    {
        JobId job;
        UnitKey home;
        using (var store = Open())
        {
            job = store.Create();
            home = store.Unit(job, Home).Key;
            store.CommitTwice<WriterProtocol.LinksSaved>(Links(home, [Found("/cal/2026/01"), Found("/cal/2026/02")]));
        }
        using var again = Open();
        again.CommitTwice<WriterProtocol.LinksSaved>(Links(home, [Found("/cal/2026/01"), Found("/cal/2026/02"), Found("/cal/2026/03"), Found("/cal/2026/04"), Found("/calm")]));

        Assert.Equal(["/", "/cal/2026/01", "/cal/2026/02", "/cal/2026/03", "/calm"], again.Open().Where(unit => unit.Kind == UnitKind.Page).Select(unit => unit.Url.PathAndQuery).Order());
        var cut = Assert.Single(again.Pages.ReadExcluded(job));
        Assert.Equal((ExclusionReason.TrapCalendar, 1, "http://a.test/cal/2026/04"), (cut.Why, cut.Count, cut.Examples[0]));
        Assert.Empty(again.Check());
    }

    [Fact]
    public void Each_job_has_budgets_of_its_own()
    {
        using var store = Open();
        foreach (var job in new[] { store.Create(), store.Create(at: 1) })
        {
            store.Find(job, Home, Url("/p?a=1&b=2"), Url("/p?b=2&a=1"));
            Assert.Equal((2, 1), (store.View(job).Pages, store.View(job).Counts.Excluded));
        }
    }

    [Fact]
    public void A_turn_that_is_undone_charges_nothing()
    {
        using var store = Open();
        var job = store.Create();
        var home = store.Unit(job, Home).Key;
        // A class that there is not is a row that the table refuses, so the whole turn is done again.
        var bad = new WriterProtocol.CloseVisit(Visited(home, Home).Visit with { Key = home, Milliseconds = 1, Class = (StatusClass)99 }, null, Memory(1), After(1));
        store.Writes.Commit([Links(home, [Found("/cal/2026/01"), Found("/cal/2026/02"), Found("/cal/2026/03")]), bad]);
        store.Commit<WriterProtocol.LinksSaved>(Links(home, [Found("/cal/2026/04")]));
        Assert.Equal(4, store.View(job).Pages);
        Assert.Empty(store.Check());
    }

    [Fact]
    public void A_database_of_the_first_schema_learns_the_new_reasons_without_a_copy()
    {
        using (var old = new SqliteDatabase($"Data Source={_directory.Database};Pooling=False"))
        {
            using var first = new StreamReader(typeof(SqliteStore).Assembly.GetManifestResourceStream("Amble.Schema.001-crawl")!);
            old.Execute(first.ReadToEnd() + "PRAGMA user_version = 1; PRAGMA application_id = 1097687660;");
        }
        using var store = Open();
        var job = store.Create();
        store.Find(job, Home, Url("/a/a/a/a"));
        Assert.Equal(ExclusionReason.TrapRepeatedSegments, Assert.Single(store.Pages.ReadExcluded(job)).Why);
        Assert.Empty(store.Check());
    }

    public void Dispose() => _directory.Dispose();

    private StoreFixture Open() => Of(SqliteStore.Open(_directory.Path, Unpack, _threeDates));

    private static FoundUrl Found(string path) => new(Url(path), 1, 0, "");
}
