using Amble.App.Sql.Periods;
using Amble.App.Sql.Postgres;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql.Postgres;

/// <summary>
/// The details of a period are kept in pieces and go piece by piece; and whatever nothing names goes, however it came to be left.
/// </summary>
[Collection(InPostgres.Name), Trait(InPostgres.Needs, InPostgres.Server), Trait("Seeds", "R-8+")]
public sealed class PiecesSpecs : IDisposable
{
    private readonly Purging _purging = new();
    private readonly PostgresStore _store;
    private readonly Period _period;

    public PiecesSpecs(ThrowawayPostgres postgres)
    {
        _store = postgres.OpenEmpty(_purging.Keeping);
        _period = _store.Periods.Of(PeriodFamily.Details, After(21));
        Remove(_period);
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Details_go_to_the_piece_of_their_visit_and_are_found_there()
    {
        var job = Crawled(Url("/a"), Url("/b"));
        Assert.Equal(["", "_0", "_1"], Tables(_period));
        Assert.Equal(("1", "1"), (Rows("_0"), Rows("_1")));
        var pages = _store.Reads.ReadVisits(job, null, 10, null).Select(visit => visit.Page).ToList();
        Assert.Equal(2, pages.Count(page => _store.Reads.ReadDetails(job, page) is not null));
        Assert.Equal(2, _store.Retention.Details);
        Assert.Empty(_store.CheckConsistency());
    }

    [Fact]
    public void A_period_is_detached_then_its_pieces_go_one_at_a_time_and_it_goes_last()
    {
        Crawled(Url("/a"), Url("/b"));
        var size = SizeOf(_period);
        Assert.InRange(size, 32_768, 1_000_000);
        Assert.False(_store.Periods.TryRemove(_period));
        Assert.Equal(("", size, 3), (_store.Writing.Ask("SELECT visit_id FROM details LIMIT 1"), SizeOf(_period), Tables(_period).Count));

        Assert.False(_store.Periods.TryRemove(_period));
        Assert.Equal(2, Tables(_period).Count);
        Assert.InRange(SizeOf(_period), 16_384, size - 16_384);
        Assert.False(_store.Periods.TryRemove(_period));
        Assert.True(_store.Periods.TryRemove(_period));
        Assert.Empty(Tables(_period));
        Assert.True(_store.Periods.TryRemove(_period));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_a_process_that_died_left_of_a_dropped_period_goes_when_the_next_one_looks(int steps)
    {
        var job = Crawled(Url("/a"), Url("/b"));
        Of(_store).End(job);
        Assert.Equal(PeriodLot.Dropped, Of(_store).Commit<RetentionProtocol.PeriodDropped>(new RetentionProtocol.DropPeriod("details", _period.Number, 500, true)).Lot);
        for (var i = 0; i < steps; i++) Assert.False(_store.Periods.TryRemove(_period));
        Assert.NotEmpty(Tables(_period));

        // Rows may come to a period for an hour after its end.
        _purging.Run(_store, Start.AddHours(12.9), out _);
        Assert.NotEmpty(Tables(_period));
        _purging.Run(_store, Start.AddHours(13.1), out var numbers);
        Assert.Empty(Tables(_period));
        Assert.Equal((0, "requests"), (numbers.DroppedPeriods, Assert.Single(numbers.Stored.Periods).Family));
    }

    [Fact]
    public void A_period_made_ahead_to_which_no_row_came_goes_after_its_end_and_one_with_rows_stays()
    {
        Assert.True(_store.Retention.TryMakeAhead(Start));
        var job = Crawled(Url("/a"), Url("/b"));
        var (empty, next) = (_store.Periods.Of(PeriodFamily.Hits, Start), _store.Periods.Of(PeriodFamily.Details, Start.AddHours(14)));
        Assert.NotEmpty(Tables(empty));

        _purging.Run(_store, Start.AddHours(14), out _);
        Assert.Empty(Tables(empty));
        Assert.NotEmpty(Tables(next));
        Assert.Equal(2, _store.Reads.ReadVisits(job, null, 10, null).Count(visit => _store.Reads.ReadDetails(job, visit.Page) is not null));
    }

    [Fact]
    public void A_partition_that_an_earlier_version_made_in_one_table_is_used_and_removed_as_it_is()
    {
        _store.Writing.Execute($"CREATE TABLE {Partitions.NameOf(_period)} PARTITION OF details FOR VALUES IN ({_period.Number})");
        var job = Crawled(Url("/a"), Url("/b"));
        Assert.Equal([""], Tables(_period));
        Assert.Equal(2, _store.Reads.ReadVisits(job, null, 10, null).Count(visit => _store.Reads.ReadDetails(job, visit.Page) is not null));
        Assert.InRange(SizeOf(_period), 16_384, 1_000_000);

        Assert.False(_store.Periods.TryRemove(_period));
        Assert.True(_store.Periods.TryRemove(_period));
        Assert.Empty(Tables(_period));
    }

    [Fact]
    public void A_turn_that_is_undone_takes_its_pieces_with_it_and_the_next_makes_them_again()
    {
        var job = Of(_store).Create();
        var visited = Of(_store).Visited(job, Home);
        _store.Writing.Execute("ALTER TABLE visits ADD CONSTRAINT spoiled CHECK (page_id < 0) NOT VALID");
        try
        {
            Assert.IsType<WriterProtocol.Rejected>(Assert.Single(_store.Writes.Commit([visited])));
            Assert.Empty(Tables(_period));
        }
        finally
        {
            _store.Writing.Execute("ALTER TABLE visits DROP CONSTRAINT spoiled");
        }
        Assert.IsType<WriterProtocol.UnitClosed>(Assert.Single(_store.Writes.Commit([visited])));
        Assert.Equal(["", "_0"], Tables(_period));
        Assert.Equal(1, _store.Retention.Details);
        Assert.Empty(_store.CheckConsistency());
    }

    // Both in one turn, the last of one piece and the first of the next.
    private JobId Crawled(params PageUrl[] pages)
    {
        var job = Of(_store).Create();
        Of(_store).Find(job, Home, pages);
        _store.Writing.Execute($"SELECT setval(pg_get_serial_sequence('visits', 'id'), {PeriodFamily.Details.Pieces!.Rows - 2})");
        Assert.All(_store.Writes.Commit([.. pages.Select(url => (WriterProtocol.ICommand)Of(_store).Visited(job, url))]), reply => Assert.IsType<WriterProtocol.UnitClosed>(reply));
        return job;
    }

    private void Remove(Period period)
    {
        while (!_store.Periods.TryRemove(period)) { }
    }

    private long SizeOf(Period period) => _store.Periods.SizeOf(_store.Writing, period)!.Value;

    private string Rows(string piece) => _store.Writing.Ask($"SELECT count(*) FROM {Partitions.NameOf(_period)}{piece}");

    /// <summary>What there is of a period: nothing for itself, then its pieces.</summary>
    private IReadOnlyList<string> Tables(Period period)
    {
        var name = Partitions.NameOf(period);
        var all = _store.Writing.Ask(
            $"SELECT string_agg('=' || substr(relname, {name.Length + 1}), ' ' ORDER BY relname) FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace AND relname ~ '^{name}(_[0-9]+)?$'");
        return all.Length == 0 ? [] : [.. all.Split(' ').Select(one => one[1..])];
    }
}
