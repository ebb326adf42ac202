using Amble.App.Sql;
using Amble.Behaviours.Politeness;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

/// <summary>How politely a job asked: counted from its requests, kept with its report.</summary>
public abstract partial class StoreContract
{
    private static readonly DomainName _other = DomainName.Of("b.a.test", 80);

    [Fact, Trait("Seeds", "P-20+")]
    public void The_politeness_of_a_job_is_that_of_its_stored_requests_whatever_the_order_of_their_commits()
    {
        var job = Store.Create();
        Ask(job, Domain, (14, 200), (10, 200), (12.5, 429), (10.5, 200));
        // A request that is committed twice is one, and another job's is none of this job's.
        Ask(job, Domain, (14, 200));
        Ask(Store.Create(at: 1, start: Url("/other")), Domain, (11, 200));

        var read = Store.Politeness.ReadPoliteness(job, CancellationToken.None);
        Assert.Equal((PolitenessOrigin.Requests, 4, 4), (read.Origin, read.Requests, read.Told));
        var of = Assert.Single(read.Domains);
        Assert.Equal((Domain, 4, 1, After(10), After(14)), (of.Domain, of.Requests, of.Refused, of.FirstAt, of.LastAt));
        Assert.Equal((TimeSpan.FromSeconds(0.5), 1, false), (of.LeastGap, of.MostInFlight, of.IsQuiet));
        Assert.True(PictureText.TryRead(of.Picture, out var picture));
        Assert.Equal(4, picture.Columns.Sum(column => column.Requests));
    }

    [Fact, Trait("Seeds", "P-20+")]
    public void Every_kind_of_request_counts_on_the_domain_that_got_it()
    {
        var job = Store.Create();
        Store.Find(job, Home, Url("/", "b.a.test"));
        Ask(job, Domain, (10, 200), (11, 200));
        Ask(job, _other, (10.2, 503));
        Store.CommitTwice<WriterProtocol.RobotsSaved>(new WriterProtocol.SaveRobots(
            Domain, new RobotsRecord("http://a.test", 200, "", true, After(9), After(1_000)), new RequestMade(job, null, RequestKind.Robots, After(9), 20, 200), Memory(9), After(9)));

        var read = Store.Politeness.ReadPoliteness(job, CancellationToken.None);
        Assert.Equal([(Domain, 3L), (_other, 1L)], read.Domains.Select(of => (of.Domain, of.Requests)));
        Assert.Equal((After(9), TimeSpan.FromSeconds(2)), (read.Domains[0].RobotsReadAt, read.Domains[0].RobotsAge));
        Assert.Null(read.Domains[1].LeastGap);
    }

    [Fact, Trait("Seeds", "P-20+"), Trait("Seeds", "S-4")]
    public void A_report_keeps_it_once_however_often_its_parts_come_and_a_retry_takes_it_away()
    {
        var job = Store.Create();
        Store.Find(job, Home, Url("/", "b.a.test"));
        Ask(job, Domain, (10, 200), (10.5, 429), (13, 200), (14, 200));
        Ask(job, _other, [.. Enumerable.Range(0, 30).Select(i => (10.0 + i, 200))]);
        var before = Store.Politeness.ReadPoliteness(job, CancellationToken.None).Domains;
        Assert.Equal([_other, Domain], before.Select(of => of.Domain));

        Store.End(job, JobState.Cancelled, commit: command => Store.CommitTwice<WriterProtocol.IReply>(command));
        var kept = Store.Politeness.ReadPoliteness(job, CancellationToken.None);
        Assert.Equal(PolitenessOrigin.Report, kept.Origin);
        Assert.Equal(before, kept.Domains);

        Store.Retry(job);
        var again = Store.Politeness.ReadPoliteness(job, CancellationToken.None);
        Assert.Equal(PolitenessOrigin.Requests, again.Origin);
        Assert.Equal(before, again.Domains);

        // The next report tells what was asked since, and nothing of the former one.
        Ask(job, Domain, (60, 200));
        Store.End(job, JobState.Cancelled, at: 70);
        Assert.Equal([30L, 5L], Store.Politeness.ReadPoliteness(job, CancellationToken.None).Domains.Select(of => of.Requests));
    }

    [Fact, Trait("Seeds", "P-20+"), Trait("Seeds", "P-17+")]
    public void What_was_under_way_when_a_job_was_cancelled_counts_for_the_job_and_is_missing_in_its_report()
    {
        var job = Store.Create();
        Ask(job, Domain, (10, 200), (11, 200));
        Store.End(job, JobState.Cancelled);
        Ask(job, Domain, (12, 200));

        var read = Store.Politeness.ReadPoliteness(job, CancellationToken.None);
        Assert.Equal((PolitenessOrigin.Report, 3, 2), (read.Origin, read.Requests, read.Told));
    }

    [Fact, Trait("Seeds", "P-20+"), Trait("Seeds", "R-1")]
    public void It_stays_when_the_requests_have_expired()
    {
        var purging = new Purging();
        using var store = OpenKeeping(purging.Keeping);
        var fixture = StoreFixture.Of(store);
        var job = fixture.Create();
        fixture.Commit<WriterProtocol.UnitClosed>(fixture.Visited(job, Home));
        fixture.Commit<WriterProtocol.UnitClosed>(fixture.Visited(job, Home.Robots, at: 21.5));
        fixture.End(job);
        var before = fixture.Politeness.ReadPoliteness(job, CancellationToken.None);
        Assert.Equal((2, TimeSpan.FromSeconds(1.5)), (Assert.Single(before.Domains).Requests, before.Domains[0].LeastGap));

        purging.Purge(store, After(20).AddHours(200));
        Assert.Null(fixture.Politeness.ReadPoliteness(Domain, DateTimeOffset.UnixEpoch, CancellationToken.None));
        Assert.Equal(before.Domains, fixture.Politeness.ReadPoliteness(job, CancellationToken.None).Domains);
    }

    [Fact, Trait("Seeds", "P-20+")]
    public void A_report_of_an_earlier_version_is_told_from_the_requests_as_long_as_all_are_there()
    {
        var purging = new Purging();
        using var store = OpenKeeping(purging.Keeping);
        var fixture = StoreFixture.Of(store);
        var job = fixture.Create();
        fixture.Commit<WriterProtocol.UnitClosed>(fixture.Visited(job, Home));
        fixture.Commit<WriterProtocol.UnitClosed>(fixture.Visited(job, Home.Robots, at: 21.5));
        fixture.End(job, commit: command => fixture.Commit<WriterProtocol.IReply>(command is WriterProtocol.SaveReport save ? save with { Part = save.Part with { Politeness = null } } : command));
        var read = fixture.Politeness.ReadPoliteness(job, CancellationToken.None);
        Assert.Equal((PolitenessOrigin.Requests, 2), (read.Origin, read.Told));

        purging.Purge(store, After(20).AddHours(200));
        Assert.Equal(new PolitenessRead(PolitenessOrigin.Gone, [], 2), fixture.Politeness.ReadPoliteness(job, CancellationToken.None) with { Domains = [] });
    }

    [Fact, Trait("Seeds", "P-20+")]
    public void A_job_that_sent_nothing_says_so()
    {
        var job = Store.Create();
        Assert.Equal(PolitenessOrigin.Nothing, Store.Politeness.ReadPoliteness(job, CancellationToken.None).Origin);
        Store.End(job, JobState.Cancelled);
        Assert.Equal(PolitenessOrigin.Nothing, Store.Politeness.ReadPoliteness(job, CancellationToken.None).Origin);
        Assert.Equal(PolitenessOrigin.Nothing, Store.Politeness.ReadPoliteness(new JobId(77), CancellationToken.None).Origin);
    }

    [Fact, Trait("Seeds", "P-20+")]
    public void A_domain_is_told_over_all_jobs_and_periods_since_an_instant()
    {
        var (one, other) = (Store.Create(), Store.Create(at: 1, start: Url("/other")));
        const double Day = 24 * 3600;
        Ask(one, Domain, (10, 200), (Day, 200), (Day + 1, 200));
        Ask(other, Domain, (Day + 0.25, 200), (2 * Day, 429));
        var all = Store.Politeness.ReadPoliteness(Domain, DateTimeOffset.UnixEpoch, CancellationToken.None)!;
        Assert.Equal((5, 1, TimeSpan.FromSeconds(0.25)), (all.Requests, all.Refused, all.LeastGap));
        Assert.Equal(4, Store.Politeness.ReadPoliteness(Domain, After(Day), CancellationToken.None)!.Requests);
        Assert.Equal(1, Store.Politeness.ReadPoliteness(Domain, After(Day + 2), CancellationToken.None)!.Requests);
        Assert.Null(Store.Politeness.ReadPoliteness(Domain, After(3 * Day), CancellationToken.None));
        Assert.Null(Store.Politeness.ReadPoliteness(DomainName.Of("unknown.test", 80), DateTimeOffset.UnixEpoch, CancellationToken.None));
    }

    private void Ask(JobId job, DomainName domain, params (double At, int Status)[] requests)
    {
        foreach (var (at, status) in requests)
            Store.Commit<WriterProtocol.RobotsSaved>(new WriterProtocol.SaveRobots(domain, null, new RequestMade(job, null, RequestKind.Page, After(at), 40, status), Memory(at, domain), After(at + 1)));
    }
}
