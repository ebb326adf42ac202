using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Writing;
using Amble.Local;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Local;

public sealed class LocalRuntimeSpecs
{
    private static readonly DomainName Domain = DomainName.Of("a.test", 80);
    private static readonly NewJob Asked = new(PageUrl.FromStored("http://a.test/"), JobLimits.None, 1, false, false);
    private static readonly Unit Page = new(new UnitKey(new JobId(1), new PageId(1)), UnitKind.Page, Asked.Start, 0, 0, 0, 0, TestScheduler.Begin, null);

    private readonly TestScheduler _scheduler = new();
    private readonly ScriptedStore _store = new();
    private readonly ScriptedWeb _web;
    private readonly List<(string Who, Exception Surprise)> _crashes = [];

    public LocalRuntimeSpecs()
    {
        _web = new ScriptedWeb(_scheduler);
        _store.Robots.Add(new RobotsRecord("http://a.test", 404, null, true, TestScheduler.Begin, TestScheduler.Begin.AddDays(1)));
    }

    private LocalRuntime Runtime()
    {
        var settings = new LocalSettings(new CrawlSettings(), WriterQueueSettings.Default, null, TimeSpan.FromSeconds(1), (who, surprise) => _crashes.Add((who, surprise)));
        return new LocalRuntime(_scheduler, _store, _store, _web, settings);
    }

    private LocalRuntime Crawling()
    {
        var runtime = Runtime();
        _store.Open.Add(Page);
        var creating = runtime.CreateAsync(Asked, CancellationToken.None);
        _scheduler.Settle();
        Assert.True(creating.IsCompletedSuccessfully);
        return runtime;
    }

    [Fact, Trait("Seeds", "S-1")]
    public void A_job_is_told_of_after_its_commit_and_then_crawled_to_its_end()
    {
        var runtime = Runtime();
        _store.Open.Add(Page);
        var creating = runtime.CreateAsync(Asked, CancellationToken.None);
        Assert.False(creating.IsCompleted);
        _scheduler.Advance(60);
        Assert.True(creating.IsCompletedSuccessfully);
        Assert.Equal(["http://a.test/"], _web.Asked.Select(u => u.Text));
        Assert.Equal(JobState.Completed, Assert.Single(_store.Commands.OfType<WriterProtocol.EndJob>()).Outcome);
        Assert.Equal(0, runtime.Health.DomainsAwake);
    }

    [Fact]
    public void A_behaviour_that_throws_is_contained_and_born_again()
    {
        var refusals = 1;
        _store.Instead = c => c is WriterProtocol.CloseVisit && refusals-- > 0 ? new WriterProtocol.Rejected(c, "no room in the column") : null;
        _web.Fails = true;
        var runtime = Crawling();
        _scheduler.Advance(0.5);
        Assert.Equal("a.test", Assert.Single(_crashes).Who);
        Assert.Equal((0, 0), (runtime.Health.DomainsAwake, runtime.Health.InFlight));
        _scheduler.Advance(60);
        Assert.Single(_crashes);
        Assert.Empty(_store.Open);
        Assert.Single(_store.Commands.OfType<WriterProtocol.EndJob>());
    }

    [Fact, Trait("Seeds", "P-16+")]
    public void Who_is_born_again_after_a_crash_rests_a_whole_delay()
    {
        var refusals = 1;
        _store.Instead = c => c is WriterProtocol.CloseVisit && refusals-- > 0 ? new WriterProtocol.Rejected(c, "no room in the column") : null;
        _web.Fails = true;
        Crawling();
        _scheduler.Advance(60);
        Assert.Equal(2, _web.AskedAt.Count);
        // A second until the rebirth, then the warm-up's two.
        Assert.InRange(_web.AskedAt[1] - _web.AskedAt[0], TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3.1));
    }

    [Fact, Trait("Seeds", "S-3")]
    public void A_life_that_ends_in_a_crash_gives_its_permits_back()
    {
        // One in flight means two in hand: a third request shows that the first two came back.
        var refusals = 3;
        _store.Instead = c => c is WriterProtocol.CloseVisit && refusals-- > 0 ? new WriterProtocol.Rejected(c, "no room in the column") : null;
        _web.Fails = true;
        Crawling();
        _scheduler.Advance(60);
        Assert.Equal(3, _crashes.Count);
        Assert.Equal(4, _web.Asked.Count);
        Assert.Single(_store.Commands.OfType<WriterProtocol.EndJob>());
    }

    [Fact]
    public void A_fetcher_that_throws_is_told_of_and_its_page_ends()
    {
        _web.Throws = true;
        Crawling();
        _scheduler.Advance(60);
        Assert.Equal("http://a.test/", Assert.Single(_crashes).Who);
        Assert.Equal(-(int)FetchFailure.BadAnswer, Assert.Single(_store.Commands.OfType<WriterProtocol.CloseVisit>()).Visit.Status);
    }

    [Fact]
    public void A_store_that_is_not_there_at_the_start_is_asked_again_for_its_jobs()
    {
        _store.ReadsToFail = 5;
        _store.Job = new JobSpec(new JobId(1), Asked);
        _store.Open.Add(Page);
        _store.Unfinished.Add(new JobProtocol.TakeUp(new JobId(1), JobState.Running, null, Domain, 1));
        Runtime().Start();
        _scheduler.Advance(60);
        Assert.Equal(["http://a.test/"], _web.Asked.Select(u => u.Text));
        Assert.Single(_store.Commands.OfType<WriterProtocol.EndJob>());
    }

    [Fact]
    public async Task A_retry_whose_answers_are_lost_runs_the_job_all_the_same()
    {
        var runtime = Crawling();
        _scheduler.Advance(60);
        _store.Failed.Add(Page);
        _store.TurnsToFail = 2;
        var retrying = runtime.RetryAsync(new JobId(1), CancellationToken.None);
        _scheduler.Advance(60);
        Assert.Equal(1, await retrying);
        Assert.Equal(2, _web.Asked.Count);
        Assert.Equal(2, _store.Commands.OfType<WriterProtocol.EndJob>().Count());
    }

    [Fact]
    public async Task A_retry_of_a_job_with_nothing_to_ask_again_leaves_it_as_it_is()
    {
        var runtime = Crawling();
        _scheduler.Advance(60);
        var retrying = runtime.RetryAsync(new JobId(1), CancellationToken.None);
        _scheduler.Advance(60);
        Assert.Equal(0, await retrying);
        Assert.Single(_store.Commands.OfType<WriterProtocol.EndJob>());
    }

    [Fact, Trait("Seeds", "S-2")]
    public void A_report_is_stored_one_part_at_a_time()
    {
        ReportPart Part(int page) => new([(new PageId(page), 1)], [], []);
        _store.Report.AddRange([Part(1), Part(2), Part(3)]);
        Crawling();
        _scheduler.Advance(60);
        Assert.Equal(_store.Report, _store.Commands.OfType<WriterProtocol.SaveReport>().Select(save => save.Part));
        Assert.All(_store.Turns, turn => Assert.True(turn.Count(command => command is WriterProtocol.SaveReport) < 2));
    }

    [Fact]
    public async Task A_cancel_is_told_once_it_stands_and_the_end_once_the_report_is_written()
    {
        _store.Report.Add(new([(new PageId(1), 1)], [], []));
        _web.Hangs = true;
        var runtime = Crawling();
        _store.Unfinished.Add(new JobProtocol.TakeUp(new JobId(1), JobState.Running, null, Domain, 1));
        var cancelling = runtime.CancelAsync(new JobId(1), CancellationToken.None);
        var ending = runtime.WhenEndedAsync(new JobId(1), CancellationToken.None);
        _scheduler.Advance(60);
        Assert.True(await cancelling);
        await ending;
        Assert.Empty(_store.Open);
        Assert.Equal(JobState.Cancelled, Assert.Single(_store.Commands.OfType<WriterProtocol.EndJob>()).Outcome);
    }

    [Fact]
    public void A_domain_that_sleeps_leaves_no_alarm_behind()
    {
        var runtime = Crawling();
        _scheduler.Advance(60);
        Assert.Equal(0, runtime.Health.DomainsAwake);
        Assert.Equal(0, _scheduler.Alarms);
    }

    [Fact]
    public async Task Nobody_answers_for_a_domain_that_is_asleep()
    {
        var runtime = Crawling();
        var asking = runtime.AskAsync(Domain, CancellationToken.None);
        _scheduler.Settle();
        Assert.True(asking.IsCompleted);
        Assert.Equal("asking", (await asking)!.Doing);
        _scheduler.Advance(60);
        Assert.Null(await runtime.AskAsync(Domain, CancellationToken.None));
    }

    [Fact]
    public async Task A_stop_begins_nothing_new_and_lets_what_is_in_flight_be_stored()
    {
        _store.Open.Add(Page with { Key = new UnitKey(new JobId(1), new PageId(2)), Url = PageUrl.FromStored("http://a.test/2") });
        var runtime = Crawling();
        Assert.Single(_web.Asked);
        var stopping = runtime.StopAsync(TimeSpan.FromSeconds(5));
        _scheduler.Advance(0.3);
        await stopping;
        Assert.Single(_store.Commands.OfType<WriterProtocol.CloseVisit>());
        _scheduler.Advance(60);
        Assert.Single(_web.Asked);
    }

    [Fact]
    public async Task A_stop_does_not_wait_beyond_its_deadline()
    {
        _web.Hangs = true;
        var runtime = Crawling();
        var stopping = runtime.StopAsync(TimeSpan.FromSeconds(5));
        _scheduler.Advance(4.9);
        Assert.False(stopping.IsCompleted);
        _scheduler.Advance(0.2);
        await stopping;
        Assert.True(_web.WasStopped);
    }

    [Fact, Trait("Seeds", "S-4")]
    public void Once_killed_nothing_is_asked_or_stored()
    {
        var runtime = Crawling();
        var turns = _store.Turns.Count;
        runtime.Kill();
        _scheduler.Advance(60);
        Assert.Single(_web.Asked);
        Assert.Equal(turns, _store.Turns.Count);
    }
}
