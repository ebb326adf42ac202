using Amble.App.Sql;
using Amble.App.Sql.Postgres;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql.Postgres;

/// <summary>What can be wrong with a server or with what is to be stored: one clear sentence, or one row set aside.</summary>
[Collection(InPostgres.Name), Trait(InPostgres.Needs, InPostgres.Server)]
public sealed class PostgresTroubleSpecs(ThrowawayPostgres postgres)
{
    private readonly string _connection = postgres.NewConnection();

    [Fact]
    public async Task Three_nodes_that_start_at_once_make_the_tables_once()
    {
        var nodes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => PostgresStore.OpenReads(_connection, Unpack))));
        foreach (var node in nodes) node.Dispose();
        using var store = ThrowawayPostgres.Open(_connection);
        Assert.Equal($"{PostgresSchema.Newest}", store.Writing.Ask("SELECT count(*) FROM schema_files"));
    }

    [Fact]
    public void A_schema_of_a_newer_Amble_is_refused()
    {
        using (var store = ThrowawayPostgres.Open(_connection)) store.Writing.Execute("INSERT INTO schema_files (number) VALUES (999)");
        Assert.Contains("was written by a newer Amble (schema 999)", Problem(_connection));
    }

    [Fact]
    public void Tables_of_another_program_are_left_alone()
    {
        using (var other = new PostgresDatabase(PostgresConnections.For(_connection)))
            other.Execute($"CREATE SCHEMA {PostgresConnections.Schema(_connection)}; CREATE TABLE pages (title text)");
        Assert.Contains("has tables of another program in this schema", Problem(_connection));
    }

    [Fact]
    public void A_server_that_is_not_there_is_one_sentence()
    {
        var problem = Problem("Host=127.0.0.1;Port=1;Username=amble;Password=hush;Database=amble");
        Assert.StartsWith("PostgreSQL database amble on 127.0.0.1:1 cannot be reached", problem);
        Assert.DoesNotContain("hush", problem);
    }

    [Fact]
    public void A_database_that_is_not_there_is_one_sentence() =>
        Assert.EndsWith("does not exist; make it with CREATE DATABASE.", Problem(_connection + ";Database=nowhere"));

    [Fact]
    public void What_PostgreSQL_cannot_store_as_text_becomes_the_replacement_character()
    {
        using var store = postgres.OpenEmpty();
        var fixture = Of(store);
        var job = fixture.Create();
        var close = fixture.Visited(job, Home);
        fixture.CommitTwice<WriterProtocol.UnitClosed>(close with { Visit = close.Visit with { Title = "a\0b\uD800c" } });
        Assert.Equal("a\uFFFDb\uFFFDc", Assert.Single(store.Reads.ReadVisits(job, null, 10, null)).Title);
    }

    [Fact]
    public void The_reading_side_cannot_write()
    {
        using (ThrowawayPostgres.Open(_connection)) { }
        using var reads = PostgresStore.OpenReads(_connection, Unpack);
        Assert.Throws<StoreUnavailableException>(() => reads.Pool.Read(database => database["DELETE FROM jobs"].Run()));
    }

    [Fact, Trait("Seeds", "S-2")]
    public void A_turn_costs_as_many_round_trips_however_many_commands_it_has()
    {
        using var store = postgres.OpenEmpty();
        var fixture = Of(store);
        var job = fixture.Create();
        fixture.Commit<WriterProtocol.LinksSaved>(Links(fixture.Unit(job, Home).Key, [.. Enumerable.Range(0, 400).Select(n => new FoundUrl(Url($"/{n}"), 1, 0, ""))]));
        var units = fixture.Open().Where(unit => unit.Kind == UnitKind.Page && unit.Url != Home).ToList();

        Assert.Equal(Trips(units.Take(4)), Trips(units.Skip(4).Take(128)));
        Assert.Empty(store.CheckConsistency());

        long Trips(IEnumerable<Unit> some)
        {
            var before = store.Writing.RoundTrips;
            store.Writes.Commit([.. some.SelectMany(IEnumerable<WriterProtocol.ICommand> (unit) =>
            [
                Links(unit.Key, [.. Enumerable.Range(0, 20).Select(n => new FoundUrl(Url($"{unit.Url.PathAndQuery}/{n}"), 2, 0, ""))]),
                Visited(unit.Key, unit.Url),
            ])]);
            Assert.InRange(store.Writing.RoundTrips - before, 1, 4);
            return store.Writing.RoundTrips - before;
        }
    }

    [Fact, Trait("Seeds", "A-3"), Trait("Seeds", "A-9+")]
    public void A_batch_of_4096_hits_costs_as_many_round_trips_as_one_of_128()
    {
        using var store = postgres.OpenEmpty();
        var source = new HitSource(new Guid(1, 0, 0, new byte[8]), "here", Start);
        Trips(1, 1);

        Assert.Equal(Trips(2, 128), Trips(3, 4_096));
        Assert.Equal(4_225, store.Reads.ReadKept().Sum(day => day.Hits));

        long Trips(long sequence, int hits)
        {
            var before = store.Writing.RoundTrips;
            store.Writes.Commit([new WriterProtocol.SaveHits(source, sequence, [.. Enumerable.Range(0, hits).Select(Hit)], [], [], false)]);
            return store.Writing.RoundTrips - before;
        }

        static Hit Hit(int number) =>
            new(After(number), "GET", $"/jobs/{number % 50}", HitKind.Job, 200, 1_000, TimeSpan.FromMilliseconds(2), false, "192.0.2.0/24", AgentClass.Browser);
    }

    [Fact, Trait("Seeds", "R-2"), Trait("Seeds", "R-3")]
    public void A_slice_of_a_purge_does_not_wait_for_the_disk_and_everything_else_does()
    {
        using var store = postgres.OpenEmpty();
        var fixture = Of(store);
        var job = fixture.Create();
        store.Writing.Execute(
            """
            SET synchronous_commit TO on;
            CREATE TABLE waits (what text, setting text);
            CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO waits VALUES (TG_OP, current_setting('synchronous_commit')); RETURN NULL; END $$;
            CREATE TRIGGER noted AFTER INSERT OR DELETE ON visits FOR EACH ROW EXECUTE FUNCTION note()
            """);
        fixture.Commit<WriterProtocol.UnitClosed>(fixture.Visited(job, Home));
        fixture.End(job);
        fixture.Commit<RetentionProtocol.SlicePurged>(new RetentionProtocol.PurgeVisits(job, default, 100, After(20)));
        Assert.Equal("INSERT on, DELETE off", store.Writing.Ask("SELECT string_agg(what || ' ' || setting, ', ' ORDER BY what DESC) FROM waits"));
        fixture.Create(start: Url("/", "b.test"));
        Assert.Equal("on", store.Writing.Ask("SHOW synchronous_commit"));
    }

    [Fact, Trait("Seeds", "R-4")]
    public void What_a_server_that_was_away_has_lost_is_not_counted_any_more()
    {
        using var store = postgres.OpenEmpty();
        var fixture = Of(store);
        var job = fixture.Create();
        fixture.Commit<WriterProtocol.UnitClosed>(fixture.Visited(job, Home));
        Assert.Equal(1, store.Retention.Visits);

        var (schema, writer) = (store.Writing.Ask("SELECT current_schema()"), store.Writing.Ask("SELECT pg_backend_pid()"));
        using (var other = new PostgresDatabase(PostgresConnections.For(_connection)))
        {
            other.Ask($"SELECT pg_terminate_backend({writer}, 5000)");
            other.Execute($"UPDATE \"{schema}\".stored SET value = 3 WHERE what = 'visits'");
        }
        Assert.Throws<StoreUnavailableException>(() => fixture.Create(start: Url("/", "b.test")));
        fixture.Create(start: Url("/", "b.test"));
        Assert.Equal(3, store.Retention.Visits);
    }

    private static string Problem(string connection) => Assert.Throws<StoreProblemException>(() => ThrowawayPostgres.Open(connection)).Message;
}
