using Amble.App.Sql;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

/// <summary>A command crawls its own start URLs; what other jobs have open on the same domain is not given out.</summary>
public sealed class OnlySomeJobsSpecs : IDisposable
{
    private static readonly PageUrl _other = Url("/other");

    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteStore _store;
    private readonly StoreFixture _fixture;

    public OnlySomeJobsSpecs()
    {
        _store = SqliteStore.Open(_directory.Path, Unpack);
        _fixture = Of(_store);
    }

    [Fact]
    public void A_window_is_filled_past_the_units_of_other_jobs()
    {
        _fixture.Create();
        var wanted = _fixture.Create(start: _other, at: 1);

        var window = _store.Reads.OnlyFor([_other]).ReadWindow(Domain, After(2), 2);

        Assert.Equal([Home.Robots, _other], window.Units.Select(unit => unit.Url));
        Assert.All(window.Units, unit => Assert.Equal(wanted, unit.Key.Job));
        Assert.Equal(wanted, Assert.Single(window.Jobs).Id);
        Assert.Null(window.NextDue);
    }

    [Fact]
    public void The_next_due_unit_is_one_of_the_wanted_jobs()
    {
        _fixture.Create(at: 10);
        _fixture.Create(start: _other, at: 20);

        Assert.Equal(After(20), _store.Reads.OnlyFor([_other]).ReadWindow(Domain, Start, 10).NextDue);
        Assert.Equal(After(10), _store.Reads.ReadWindow(Domain, Start, 10).NextDue);
    }

    [Fact]
    public void Only_a_domain_with_work_of_the_wanted_jobs_is_woken()
    {
        _fixture.Create();

        Assert.Empty(_store.Reads.OnlyFor([_other]).ReadDue(After(1), 10));
        Assert.Equal([Domain], _store.Reads.OnlyFor([Home]).ReadDue(After(1), 10));
    }

    public void Dispose()
    {
        _fixture.Dispose();
        _directory.Dispose();
    }
}
