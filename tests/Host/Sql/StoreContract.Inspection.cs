using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

/// <summary>What operators look up in a store (S-8).</summary>
public abstract partial class StoreContract
{
    [Fact, Trait("Seeds", "S-8")]
    public void A_URL_tells_what_became_of_it_in_each_job_newest_first()
    {
        var first = Store.Create();
        Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(first, Home, StatusClass.Broken, 404));
        var second = Store.Create(at: 100);
        var met = Store.Inspected.ReadMet(Home, 10);
        Assert.Equal([second, first], met.Select(one => one.Unit.Job));
        Assert.Equal((UnitKind.Page, JobState.Running, UnitLot.Open, After(100), 0), (met[0].Kind, met[0].Job, met[0].Lot, met[0].DueAt, met[0].Tries));
        Assert.Equal((UnitLot.Ended, StatusClass.Broken, 404, "It answered 404", After(20), 1), (met[1].Lot, met[1].Class, met[1].Status, met[1].Error, met[1].VisitedAt, met[1].Tries));
        Assert.Single(Store.Inspected.ReadMet(Home, 1));
        Assert.Empty(Store.Inspected.ReadMet(Url("/nobody/met/it"), 10));
    }

    [Fact]
    public void A_URL_that_was_kept_out_tells_by_which_rule()
    {
        var job = Store.Create();
        Store.Commit<WriterProtocol.LinksSaved>(Links(Store.Unit(job, Home).Key, [], (Url("/deep"), ExclusionReason.Depth)));
        var met = Assert.Single(Store.Inspected.ReadMet(Url("/deep"), 10));
        Assert.Equal((UnitLot.KeptOut, ExclusionReason.Depth), (met.Lot, met.Why));
    }

    [Fact]
    public void The_robots_unit_of_a_job_is_met_too()
    {
        Store.Create();
        Assert.Equal(UnitKind.Robots, Assert.Single(Store.Inspected.ReadMet(Home.Robots, 10)).Kind);
    }

    [Fact]
    public void A_URL_of_a_parked_job_tells_until_when()
    {
        var job = Store.Create();
        Store.Commit<WriterProtocol.JobStateSet>(new WriterProtocol.SetJobState(job, JobState.Parked, "The site asked for it.", After(90_000), After(30)));
        var met = Assert.Single(Store.Inspected.ReadMet(Home, 10));
        Assert.Equal((JobState.Parked, "The site asked for it.", After(90_000)), (met.Job, met.JobReason, met.ResumeAt));
    }

    [Fact]
    public void Domains_that_are_due_and_asleep_are_told_longest_due_first()
    {
        Store.Create(at: 5, start: Url("/", "b.test"));
        Store.Create(at: 2);
        Store.Create(start: Url("/", "c.test"));
        Store.Commit<WriterProtocol.MemorySaved>(new WriterProtocol.SaveMemory(Memory(1, DomainName.Of("c.test", 80)), After(2)));
        Assert.Equal([("a.test", After(2)), ("b.test", After(5))], Store.Inspected.ReadDueDomains(After(10), 10).Select(due => (due.Domain.Value, due.DueAt)));
        Assert.Empty(Store.Inspected.ReadDueDomains(After(1), 10));
        Assert.Equal(2, Store.Inspected.ReadDueDomains(After(10), 1).Count);
    }
}
