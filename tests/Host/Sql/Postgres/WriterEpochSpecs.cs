using Amble.App.Sql;
using Amble.App.Sql.Postgres;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql.Postgres;

/// <summary>One writer at a time, and none that has been followed ever stores anything again.</summary>
[Collection(InPostgres.Name), Trait(InPostgres.Needs, InPostgres.Server)]
public sealed class WriterEpochSpecs(ThrowawayPostgres postgres)
{
    private static readonly WriterProtocol.CreateJob _create = new(New(), Start);

    private readonly string _connection = postgres.NewConnection();

    [Fact, Trait("Seeds", "S-5")]
    public void An_old_writer_is_refused_for_good_once_a_second_has_opened()
    {
        using var first = PostgresStore.OpenWrites(_connection, null, "one", endFormer: true);
        using var second = PostgresStore.OpenWrites(_connection, null, "two", endFormer: true);
        Assert.Equal(first.Epoch + 1, second.Epoch);

        // Its connection is gone at first; a new one does not help it.
        Assert.Throws<StoreUnavailableException>(() => first.Writes.Commit([_create]));
        Assert.True(Assert.Throws<StoreUnavailableException>(() => first.Writes.Commit([_create])).IsFenced);
        Assert.True(Assert.Throws<StoreUnavailableException>(() => first.Writes.Commit([_create])).IsFenced);
        using var reads = PostgresStore.OpenReads(_connection, Unpack);
        Assert.Empty(reads.Reads.ReadJobs(10, null, null));
        Assert.IsType<WriterProtocol.JobCreated>(Assert.Single(second.Writes.Commit([_create])));
    }

    [Fact, Trait("Seeds", "S-5")]
    public void What_an_old_writer_has_open_is_undone_when_a_second_opens()
    {
        using var first = PostgresStore.OpenWrites(_connection, null, "one", endFormer: true);
        first.Database.Begin();
        first.Database["INSERT INTO domains (name) VALUES ('half.test')"].Run();
        using var second = PostgresStore.OpenWrites(_connection, null, "two", endFormer: true);
        Assert.ThrowsAny<Npgsql.NpgsqlException>(first.Database.Commit);
        first.Database.Rollback();
        Assert.Equal("0", second.Database.Ask("SELECT count(*) FROM domains"));
    }

    [Fact, Trait("Seeds", "S-5")]
    public void A_writer_whose_connection_was_kept_is_refused_by_the_epoch_alone()
    {
        using var first = PostgresStore.OpenWrites(_connection, null, "one", endFormer: true);
        first.Writes.Commit([_create]);
        // As if the server could not end its backend.
        first.Database.Execute("UPDATE writer SET epoch = epoch + 1, backend_pid = NULL");
        Assert.True(Assert.Throws<StoreUnavailableException>(() => first.Writes.Commit([new WriterProtocol.CreateJob(New(), After(1))])).IsFenced);
        Assert.Equal("1", first.Database.Ask("SELECT count(*) FROM jobs"));
    }

    [Fact]
    public void A_second_process_is_refused_while_the_first_lives_and_follows_it_at_once_when_it_is_dead()
    {
        long epoch;
        using (var first = ThrowawayPostgres.Open(_connection))
        {
            epoch = first.Epoch;
            Assert.Contains("is in use by a spec; wait for it to end or name another database.", Assert.Throws<StoreProblemException>(() => ThrowawayPostgres.Open(_connection)).Message);
            Of(first).Create();
        }
        using var second = ThrowawayPostgres.Open(_connection);
        Assert.Equal(epoch + 1, second.Epoch);
        Assert.Single(second.Reads.ReadJobs(10, null, null));
    }

    [Fact, Trait("Seeds", "S-3")]
    public void A_connection_that_broke_is_opened_again_at_the_same_epoch_and_what_was_uncertain_is_sent_again()
    {
        using var store = ThrowawayPostgres.Open(_connection);
        var job = Of(store).Create();
        var links = Links(Of(store).Unit(job, Home).Key, [new(Url("/a"), 1, 0, "a"), new(Url("/b"), 1, 0, "b")]);
        Of(store).Commit<WriterProtocol.LinksSaved>(links);
        EndBackends();

        Assert.False(Assert.Throws<StoreUnavailableException>(() => store.Writes.Commit([links])).IsFenced);
        Assert.Empty(Of(store).CommitTwice<WriterProtocol.LinksSaved>(links).Gained);
        Assert.Equal(4, Of(store).View(job).Pending);
        Assert.Empty(store.CheckConsistency());
        Assert.Equal("1", store.Writing.Ask("SELECT epoch FROM writer"));
    }

    [Fact]
    public void A_read_whose_connection_broke_is_answered_on_another()
    {
        using var store = ThrowawayPostgres.Open(_connection);
        var job = Of(store).Create();
        Assert.NotNull(store.Reads.ReadJob(job));
        EndBackends();
        Assert.Equal(job, store.Reads.ReadJob(job)!.Job.Id);
    }

    [Fact]
    public void A_writer_that_stops_in_a_transaction_loses_it_after_two_seconds()
    {
        using var store = PostgresStore.OpenWrites(_connection, null, "one", endFormer: false);
        Assert.Equal("2s", store.Database.Ask("SHOW idle_in_transaction_session_timeout"));
    }

    /// <summary>As an operator would: all of this database's connections but the one that asks.</summary>
    private void EndBackends()
    {
        using var other = new PostgresDatabase(PostgresConnections.For(_connection));
        other.Execute("SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend' AND application_name = 'amble'");
    }
}
