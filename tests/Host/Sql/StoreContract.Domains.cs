using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

/// <summary>What a store keeps of domains: their memory, their robots files, and when they wake.</summary>
public abstract partial class StoreContract
{
    [Fact, Trait("Seeds", "P-16")]
    public void What_a_domain_must_not_forget_comes_back()
    {
        var memory = new DomainMemory(
            Domain, TimeSpan.FromMicroseconds(707_107), TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(450), TimeSpan.FromSeconds(120),
            After(60), "It asked for a minute.", TimeSpan.FromSeconds(16), After(30), After(20), After(10), true);
        Store.CommitTwice<WriterProtocol.MemorySaved>(new WriterProtocol.SaveMemory(memory, After(31)));
        Assert.Equal(memory, Store.Reads.ReadDomain(Domain).Memory);
    }

    [Fact, Trait("Seeds", "S-5"), Trait("Seeds", "P-16+")]
    public void What_a_former_owner_says_late_changes_nothing_that_the_present_one_has_said()
    {
        var present = Memory(30) with { Delay = TimeSpan.FromSeconds(5) };
        Store.Commit<WriterProtocol.MemorySaved>(new WriterProtocol.SaveMemory(present, After(31)));
        Store.Commit<WriterProtocol.MemorySaved>(new WriterProtocol.SaveMemory(Memory(20, awake: false), After(32)));
        Store.Commit<WriterProtocol.MemorySaved>(new WriterProtocol.SaveMemory(DomainMemory.Blank(Domain), After(33)));
        Assert.Equal(present, Store.Reads.ReadDomain(Domain).Memory);
    }

    [Fact]
    public void An_unknown_domain_is_blank() => Assert.Equal(DomainMemory.Blank(Domain), Store.Reads.ReadDomain(Domain).Memory);

    [Fact, Trait("Seeds", "P-17")]
    public void Robots_are_kept_by_origin_and_their_request_counts_once()
    {
        var job = Store.Create();
        var record = new RobotsRecord(Home.Origin, 200, "Disallow: /x", true, After(5), After(86_405));
        var key = Store.Unit(job, Home.Robots).Key;
        var save = new WriterProtocol.SaveRobots(Domain, record, Sent(key, 4, 200, RequestKind.Robots), Memory(4), After(5));
        Store.CommitTwice<WriterProtocol.RobotsSaved>(save);
        Store.Commit<WriterProtocol.RobotsSaved>(save with { Robots = null, Request = Sent(key, 9, -1, RequestKind.Robots) with { Page = null } });
        Assert.Equal(record, Assert.Single(Store.Reads.ReadDomain(Domain).Robots));
        Assert.Equal(2, Store.View(job).Counts.Requests);
    }

    [Fact]
    public void A_sleeping_domain_wakes_when_its_work_is_due_and_its_block_has_ended()
    {
        Store.Create();
        Store.Commit<WriterProtocol.MemorySaved>(
            new WriterProtocol.SaveMemory(Memory(1, awake: false) with { BlockedUntil = After(600) }, After(2)));
        Assert.Empty(Store.Reads.ReadDue(After(599), 10));
        Assert.Equal([Domain], Store.Reads.ReadDue(After(600), 10));
    }

    [Fact]
    public void A_sleeping_domain_without_work_is_not_woken_until_it_gains_some()
    {
        var job = Store.Create();
        var other = Url("/x", "www.a.test");
        Store.Commit<WriterProtocol.MemorySaved>(new WriterProtocol.SaveMemory(Memory(1, other.Domain, awake: false), After(2)));
        Assert.DoesNotContain(other.Domain, Store.Reads.ReadDue(After(1e6), 10));
        Store.Find(job, Home, other);
        Assert.Contains(other.Domain, Store.Reads.ReadDue(After(10), 10));
    }

    [Fact]
    public void A_sleeping_domain_whose_job_has_ended_is_not_woken_for_nothing()
    {
        var job = Store.Create();
        var other = Store.Create(start: Url("/", "b.test"));
        Store.End(job, JobState.Cancelled, at: 5);
        var units = Store.Open("b.test").Select(unit => unit.Key.Page).ToArray();
        Store.Commit<WriterProtocol.UnitsClosed>(new WriterProtocol.CloseUnits(other, units, ExclusionReason.Robots, After(6)));
        Assert.Empty(Store.Reads.ReadDue(After(1e6), 10));
    }

    [Fact, Trait("Seeds", "P-12")]
    public void A_block_without_end_stays_one()
    {
        Store.Commit<WriterProtocol.MemorySaved>(
            new WriterProtocol.SaveMemory(Memory(1) with { BlockedUntil = DateTimeOffset.MaxValue }, After(2)));
        Assert.Equal(9999, Store.Reads.ReadDomain(Domain).Memory.BlockedUntil!.Value.Year);
    }

    [Fact, Trait("Seeds", "P-16")]
    public void A_domain_that_was_awake_at_a_crash_is_found_after_those_that_sleep()
    {
        Store.Create(start: Url("/", "b.test"));
        Store.Create();
        Store.Commit<WriterProtocol.MemorySaved>(new WriterProtocol.SaveMemory(Memory(1, DomainName.Of("b.test", 80)), After(2)));
        Assert.Equal(["a.test", "b.test"], Store.Reads.ReadDue(After(3), 10).Select(domain => domain.Value));
    }
}
