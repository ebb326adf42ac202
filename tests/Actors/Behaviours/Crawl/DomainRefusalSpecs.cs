using Amble.Behaviours.Crawl;
using Amble.Behaviours.Runtime;
using Amble.Messages;
using Xunit;
using static Amble.Actors.Specs.Behaviours.Crawl.DomainScript;

namespace Amble.Actors.Specs.Behaviours.Crawl;

/// <summary>What a domain does about refusals in a row: one URL that was good comes first, and then nothing or all the rest.</summary>
[Trait("Seeds", "P-14+")]
public sealed class DomainRefusalSpecs
{
    private static readonly DomainMemory Fast = DomainMemory.Blank(Name) with { Delay = TimeSpan.FromMilliseconds(500) };

    [Fact]
    public void A_good_page_is_asked_again_before_anything_else_and_counts_as_a_request()
    {
        var domain = Suspicious();
        Assert.Equal("asking once more for http://a.test/1, because 3 pages were refused", Doing(domain));
        var check = Next(domain);
        Assert.Equal(("/1", RequestKind.Retry, true), (check.Request.Url.PathAndQuery, check.Request.Kind, check.Request.IsCheck));
        domain.Left(check.Ticket);
        Assert.Empty(domain.After(3).Say(new WakeUp()).Began<DomainWork.AskPermit>());

        domain.Answered(check.Ticket, 200);
        Assert.Single(domain.Began<DomainWork.HandEmptied>());
        var sent = Assert.Single(domain.Wrote<WriterProtocol.SaveRobots>());
        Assert.Equal((null, new RequestMade(Job.Id, null, RequestKind.Retry, domain.Now, 50, 200)), (sent.Robots, sent.Request));
        Assert.Empty(domain.Told);
        Assert.Equal("/5", Next(domain).Request.Url.PathAndQuery);
    }

    [Fact]
    public void When_it_is_refused_too_every_paced_job_is_told_once_and_nothing_more_is_asked()
    {
        var domain = Suspicious();
        var check = Next(domain);
        domain.Left(check.Ticket).Answered(check.Ticket, 403);
        var told = Assert.IsType<JobProtocol.GiveUp>(Assert.Single(domain.Told));
        Assert.Equal(
            (Job.Id, "The site turns us away: 3 pages in a row were refused (HTTP 403), and so was http://a.test/1, which had been answered well before."), (told.Job, told.Reason));
        Assert.Empty(domain.After(5).Say(new WakeUp()).Began<DomainWork.AskPermit>());
        Assert.Empty(domain.Told);
    }

    [Fact]
    public void A_job_that_is_opened_again_is_asked_for_from_the_beginning()
    {
        var domain = Suspicious();
        var check = Next(domain);
        domain.Left(check.Ticket).Answered(check.Ticket, 403).Say(new DomainProtocol.DropJob(Name, Job.Id));
        domain.Say(new WriterProtocol.MemorySaved(Name));
        domain.After(60).Opened(domain.State.Memory with { Delay = Fast.Delay }, [NoRules], [Job], Page(2));
        Assert.Equal("/2", Next(domain).Request.Url.PathAndQuery);
    }

    [Fact]
    public void A_job_without_a_pace_is_not_stopped()
    {
        var domain = new DomainScript().Opened(Fast, [NoRules], [JobOf(1, unpaced: true)], [.. Enumerable.Range(1, 6).Select(number => Page(number))]);
        for (var page = 1; page <= 4; page++)
        {
            var ticket = domain.Asks();
            domain.Answered(ticket, 403).Say(new WriterProtocol.UnitDeferred(Page(page).Key));
        }
        Assert.Empty(domain.Told);
        Assert.Null(domain.State.Refusals.Check);
    }

    // One good page, then three that are refused.
    private static DomainScript Suspicious()
    {
        var domain = new DomainScript().Opened(Fast, [NoRules], [Job], [.. Enumerable.Range(1, 6).Select(number => Page(number))]);
        for (var page = 1; page <= 4; page++)
        {
            var fetch = page == 1 ? Assert.Single(domain.Granted().Began<DomainWork.Fetch>()) : Next(domain);
            domain.Left(fetch.Ticket).Answered(fetch.Ticket, page == 1 ? 200 : 403);
            _ = page == 1 ? domain.Closed(Page(1)) : domain.Say(new WriterProtocol.UnitDeferred(Page(page).Key));
        }
        return domain;
    }

    private static DomainWork.Fetch Next(DomainScript domain)
    {
        domain.After(0.6).Say(new WakeUp());
        return Assert.Single(domain.Granted().Began<DomainWork.Fetch>());
    }

    private static string Doing(DomainScript domain) => DomainStatus.Of(domain.State, domain.Now, new CrawlSettings()).Doing;
}
