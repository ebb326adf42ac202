using Amble.App.Sql.Periods;
using Amble.App.Sql.Postgres;
using Xunit;

namespace Amble.Host.Specs.Sql.Postgres;

/// <summary>
/// What a purge and the vacuum after it dirty goes to the disk bit by bit: gathered until a checkpoint it would hold up a commit for longer
/// than all slices together may.
/// </summary>
[Collection(InPostgres.Name), Trait(InPostgres.Needs, InPostgres.Server), Trait("Seeds", "R-3")]
public sealed class SteadyDiskSpecs(ThrowawayPostgres postgres)
{
    private const string Hasty =
        """
        SELECT string_agg(relname, ', ') FROM pg_class
        WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND NOT coalesce(reloptions @> '{autovacuum_vacuum_cost_delay=20}', false)
        """;

    [Fact]
    public void A_vacuum_takes_its_time_on_every_table_and_on_partitions_made_later()
    {
        using var store = ThrowawayPostgres.Open(postgres.NewConnection());
        Assert.Equal("", store.Writing.Ask(Hasty));
        var period = store.Periods.Of(PeriodFamily.Requests, StoreFixture.Start.AddDays(9));
        store.Writing.Execute(Partitions.Making(period));
        Assert.Equal($"{Partitions.NameOf(period)}", store.Writing.Ask($"SELECT to_regclass('{Partitions.NameOf(period)}')::text"));
        Assert.Equal("", store.Writing.Ask(Hasty));
    }

    [Fact]
    public void A_session_writes_steadily_also_after_it_was_lost()
    {
        using var store = postgres.OpenEmpty();
        Assert.Equal("256kB", store.Writing.Ask("SHOW backend_flush_after"));
        using (var other = new PostgresDatabase(PostgresConnections.For(postgres.NewConnection())))
        {
            Assert.Equal("256kB", other.Ask("SHOW backend_flush_after"));
            other.Execute($"SELECT pg_terminate_backend({store.Writing.Ask("SELECT pg_backend_pid()")}, 2000)");
        }
        Assert.ThrowsAny<Npgsql.NpgsqlException>(() => store.Writing.Ask("SELECT 1"));
        Assert.Equal("256kB", store.Writing.Ask("SHOW backend_flush_after"));
    }
}
