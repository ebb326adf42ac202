using Amble.App.Sql;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

// What expires, and how it goes.
public abstract partial class StoreContract
{
    private readonly Purging _purging = new();

    private static readonly Validators Tag = new("\"1\"", null);

    [Theory, Trait("Seeds", "R-1")]
    [InlineData(59, true, true)]
    [InlineData(61, false, true)]
    [InlineData(119, false, true)]
    [InlineData(121, false, false)]
    public void Age_is_exact_in_every_read_before_anything_is_purged(int hours, bool details, bool visits)
    {
        using var store = OpenKeeping(_purging.Keeping);
        var job = EndedJob(store, out var dead);
        _purging.Now = After(20).AddHours(hours);

        AssertShown(store, job, dead, details, visits);
        Assert.Equal(2, store.Retention.Visits);
    }

    [Theory, Trait("Seeds", "R-1")]
    [InlineData(59, true, true)]
    [InlineData(61, false, true)]
    [InlineData(121, false, false)]
    public void What_is_shown_is_the_same_after_a_purge(int hours, bool details, bool visits)
    {
        using var store = OpenKeeping(_purging.Keeping);
        var job = EndedJob(store, out var dead);
        _purging.Purge(store, After(20).AddHours(hours));

        AssertShown(store, job, dead, details, visits);
        Assert.Equal(visits ? 2 : 0, store.Retention.Visits);
        Assert.Empty(store.CheckConsistency());
    }

    [Fact, Trait("Seeds", "R-1")]
    public void A_report_with_its_sums_outlives_all_that_it_was_made_from()
    {
        using var store = OpenKeeping(_purging.Keeping);
        var job = EndedJob(store, out var dead);
        var (view, sums, broken) = (store.Reads.ReadJob(job), store.Reads.ReadSums(job), store.Reads.ReadBroken(job, 10, null));
        var sources = store.Reads.ReadSources(job, dead, 10, null);

        _purging.Purge(store, After(20).AddHours(500));

        Assert.Equal((view!.Counts, view.State), (store.Reads.ReadJob(job)!.Counts, store.Reads.ReadJob(job)!.State));
        Assert.Equal(sums, store.Reads.ReadSums(job));
        Assert.Equal(broken.Select(page => (page.Url, page.SourceCount)), store.Reads.ReadBroken(job, 10, null).Select(page => (page.Url, page.SourceCount)));
        Assert.Equal(sources, store.Reads.ReadSources(job, dead, 10, null));
        Assert.Single(sources);
        Assert.Empty(store.CheckConsistency());
    }

    [Fact, Trait("Seeds", "R-8+")]
    public void A_period_goes_as_a_whole_at_most_one_period_after_its_last_row_has_expired()
    {
        using var store = OpenKeeping(_purging.Keeping);
        EndedJob(store, out _);
        var whole = new[] { "details", "requests" };
        _purging.Run(store, After(20).AddHours(59), out var numbers);
        Assert.Equal(whole, numbers.Stored.Periods.Select(period => period.Family).Order());

        // The period began with the clock's hours 12 to 24; its last instant is 60 hours old at 84.
        Assert.Equal((1, TimeSpan.Zero), (_purging.Run(store, Start.AddHours(72.1), out numbers).Periods, numbers.Lag));
        Assert.Equal("requests", Assert.Single(numbers.Stored.Periods).Family);
        Assert.Equal(1, _purging.Run(store, Start.AddHours(132.1), out numbers).Periods);
        Assert.Empty(numbers.Stored.Periods);
    }

    [Fact, Trait("Seeds", "R-1")]
    public void A_job_that_has_not_ended_keeps_all_of_its_own_until_its_report_is_stored()
    {
        using var store = OpenKeeping(_purging.Keeping);
        var fixture = Of(store);
        var job = Crawled(fixture, out var dead);

        var done = _purging.Purge(store, After(20).AddHours(200));
        AssertShown(store, job, dead, details: true, visits: true);
        Assert.Contains("kept for jobs", done.Left, StringComparison.Ordinal);

        fixture.End(job, at: TimeSpan.FromHours(201).TotalSeconds);
        Assert.Single(store.Reads.ReadSources(job, dead, 10, null));
        done = _purging.Purge(store, After(20).AddHours(340));
        AssertShown(store, job, dead, details: false, visits: false);
        Assert.Null(done.Left);
        Assert.Empty(store.CheckConsistency());
    }

    [Fact, Trait("Seeds", "R-4")]
    public void Counts_are_right_after_every_slice_of_a_purge()
    {
        var purging = new Purging { Settings = _purging.Settings with { FirstSliceRows = 20 } };
        using var store = OpenKeeping(purging.Keeping);
        var fixture = Of(store);
        var job = fixture.Create();
        PageUrl[] pages = [.. Enumerable.Range(0, 90).Select(i => Url($"/{i}"))];
        fixture.Find(job, Home, pages);
        fixture.Writes.Commit([.. pages.Prepend(Home).Select(url => (WriterProtocol.ICommand)fixture.Visited(job, url))]);
        fixture.End(job);
        var counted = new List<long>();
        purging.Between = () =>
        {
            var visits = store.Retention.Visits;
            if (counted.Count == 0 || counted[^1] != visits) counted.Add(visits);
            Assert.Empty(store.CheckConsistency());
        };

        purging.Purge(store, After(20).AddHours(200));

        Assert.Equal((91, 0), (counted[0], counted[^1]));
        Assert.True(counted.Count > 3);
        Assert.Equal(0, store.Retention.Details);
    }

    [Fact, Trait("Seeds", "R-9+")]
    public void A_disk_over_its_cap_sheds_details_first_then_the_oldest_periods_never_the_current_one_and_says_so()
    {
        using var store = OpenKeeping(_purging.Keeping);
        var job = EndedJob(store, out var dead);
        var (full, left) = (90.0, 1);
        _purging.Disk = () => left-- > 0 ? full : 50;

        // Still within the current period: nothing may go.
        _purging.Run(store, Start.AddHours(1), out var numbers);
        Assert.Equal(2, numbers.Stored.Periods.Count);

        left = 1;
        _purging.Run(store, Start.AddHours(13), out numbers);
        Assert.Equal("requests", Assert.Single(numbers.Stored.Periods).Family);
        Assert.Contains("details from 2026-03-01 12:00 to 2026-03-02 00:00 UTC go before their time", Assert.Single(_purging.Said), StringComparison.Ordinal);
        AssertShown(store, job, dead, details: false, visits: true);

        left = 10;
        Assert.Equal((1, 1), (_purging.Run(store, Start.AddHours(13), out numbers).Periods, numbers.ShedPeriods));
        Assert.Empty(numbers.Stored.Periods);
        Assert.Contains("nothing but the current periods is left to go", numbers.Says, StringComparison.Ordinal);
        Assert.Empty(store.CheckConsistency());
    }

    [Fact, Trait("Seeds", "R-1")]
    public void A_retry_of_a_job_whose_details_have_begun_to_expire_would_spoil_its_report_and_opens_nothing()
    {
        using var store = OpenKeeping(_purging.Keeping);
        var job = EndedJob(store, out _);
        Assert.Single(store.Reads.ReadRetryUnits(job, 10, null));
        _purging.Now = After(20).AddHours(61);
        Assert.Empty(store.Reads.ReadRetryUnits(job, 10, null));
    }

    [Fact]
    public void Retention_says_the_same_twice_and_the_second_time_nothing_changes()
    {
        using var store = OpenKeeping(_purging.Keeping);
        var job = EndedJob(store, out _);
        var before = After(20).AddHours(1);
        WriterProtocol.ICommand[] said =
        [
            new RetentionProtocol.PurgeVisits(job, default, 500, before), new RetentionProtocol.EmptyJob(job, default, true, 500, before),
            .. store.Retention.ReadRetention(new JobId(0), before).Periods.Select(period => new RetentionProtocol.DropPeriod(period.Family, period.Number, 500, false)),
        ];
        Assert.Equal(new RetentionProtocol.SlicePurged(2, 500, null), store.Writes.Commit(said)[0]);
        Assert.Empty(store.CheckConsistency());
        Assert.Equal(new RetentionProtocol.SlicePurged(0, 500, null), store.Writes.Commit(said)[0]);
        Assert.Empty(store.CheckConsistency());
    }

    [Fact, Trait("Seeds", "R-2")]
    public void A_slice_whose_time_is_up_ends_with_what_it_has_come_to_and_the_next_goes_on_there()
    {
        using var store = OpenKeeping(_purging.Keeping);
        var job = Of(store).Create();
        var pages = Enumerable.Range(0, 170).Select(n => Url($"/{n}")).ToArray();
        Of(store).Find(job, Home, pages);
        foreach (var page in pages) store.Writes.Commit([Of(store).Visited(job, page)]);
        Of(store).End(job);

        var before = After(20).AddHours(1);
        Assert.Equal([50, 50, 50, 21], Slices(place => new RetentionProtocol.PurgeVisits(job, place, 100, before, TimeSpan.Zero)));
        Assert.Equal(0, store.Retention.Visits);
        var left = Slices(place => new RetentionProtocol.EmptyJob(job, place, false, 100, before, TimeSpan.Zero));
        Assert.Equal((true, 50), (left.Count > 3, left.Max()));
        Assert.Equal(0, Slices(place => new RetentionProtocol.EmptyJob(job, place, false, 100, before)).Sum());

        IReadOnlyList<long> Slices(Func<PurgePlace, WriterProtocol.ICommand> command)
        {
            var sizes = new List<long>();
            for (PurgePlace? place = default(PurgePlace); place is { } from;)
            {
                var slice = Of(store).Commit<RetentionProtocol.SlicePurged>(command(from));
                Assert.Empty(store.CheckConsistency());
                sizes.Add(slice.Rows);
                place = slice.Next;
            }
            return sizes;
        }
    }

    [Fact, Trait("Seeds", "R-2")]
    public void Where_there_is_time_a_slice_has_as_many_rows_as_it_names()
    {
        using var store = OpenKeeping(_purging.Keeping);
        var job = EndedJob(store, out _);
        Assert.Equal(
            new RetentionProtocol.SlicePurged(2, 20, null),
            store.Writes.Commit([new RetentionProtocol.PurgeVisits(job, default, 20, After(20).AddHours(1), TimeSpan.FromSeconds(1))])[0]);
    }

    private JobId EndedJob(IStore store, out PageId dead)
    {
        var job = Crawled(Of(store), out dead);
        Of(store).End(job);
        return job;
    }

    // Two pages, of which one is broken and linked to by the other.
    private static JobId Crawled(StoreFixture store, out PageId dead)
    {
        var job = store.Create();
        store.Find(job, Home, Url("/dead"));
        dead = store.Unit(job, Url("/dead")).Key.Page;
        var home = store.Visited(job, Home, links: [(Url("/dead"), "dead")]);
        store.Commit<WriterProtocol.UnitClosed>(home with { Visit = home.Visit with { Validators = Tag } });
        store.Commit<WriterProtocol.UnitClosed>(store.Visited(job, Url("/dead"), StatusClass.Broken, 404));
        store.Commit<WriterProtocol.UnitsClosed>(new WriterProtocol.CloseUnits(job, [store.Unit(job, Home.Robots).Key.Page], null, After(22)));
        return job;
    }

    private static void AssertShown(IStore store, JobId job, PageId dead, bool details, bool visits)
    {
        var reads = store.Reads;
        var home = new PageId(dead.Value - 2);
        Assert.Equal(details, reads.ReadDetails(job, dead) is not null);
        Assert.Equal(details, reads.ReadCopy(home) is not null);
        var count = visits ? 2 : 0;
        Assert.Equal(count, reads.ReadVisits(job, null, 10, null).Count);
        Assert.Equal(visits ? 1 : 0, reads.ReadVisits(job, StatusClass.Broken, 10, null).Count);
        foreach (var sort in Enum.GetValues<PageSort>())
        {
            Assert.Equal(count, reads.ReadPages(job, new PageQuery(null, null, sort, 10, null)).Visits.Count);
            Assert.Equal(count, reads.ReadPages(job, new PageQuery(null, "a", sort, 10, null)).Visits.Count);
        }
        Assert.Equal(visits, reads.ReadVisitsOf(dead, 10).Count == 1);
        Assert.Equal(visits ? 1 : 0, reads.ReadLive(job, [default], 100, 100)!.Visits.Count(visit => visit.Page == dead));
        Assert.Equal(visits, reads.ReadMet(Url("/dead"), 10) is [{ VisitedAt: not null }]);
        // What the report is made of stays whatever goes.
        Assert.Equal((1, 1), (reads.ReadJob(job)!.Counts.Ok, reads.ReadJob(job)!.Counts.Broken));
    }
}
