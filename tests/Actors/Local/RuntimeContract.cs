using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Local;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Local;

/// <summary>
/// What every runtime does for the doors, on real threads: one list, run on each. A test ends when what it waits for has come, or with the
/// time-out of its runner.
/// </summary>
public abstract class RuntimeContract : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly NewJob Asked = new(PageUrl.FromStored("http://a.test/"), JobLimits.None, 1, false, false);
    private static readonly Unit Page = new(new UnitKey(new JobId(1), new PageId(1)), UnitKind.Page, Asked.Start, 0, 0, 0, 0, DateTimeOffset.UnixEpoch, null);
    private static readonly CrawlSettings Quick = new() { Pace = new PaceSettings { WarmUp = Soon, Floor = Soon, StepsDownTo = Soon, Fastest = Soon } };

    private readonly PoolScheduler _scheduler = new(TimeProvider.System);
    private readonly ScriptedStore _script = new();
    private readonly LockedStore _store;
    private readonly ScriptedWeb _web;
    private readonly List<string> _faults = [];
    private ICrawlRuntime _runtime = null!;

    protected RuntimeContract()
    {
        _store = new LockedStore(_script);
        _web = new ScriptedWeb(_scheduler);
        _script.Robots.Add(new RobotsRecord("http://a.test", 404, null, true, _scheduler.Now, _scheduler.Now.AddDays(1)));
        _script.Open.Add(Page);
    }

    private protected abstract ICrawlRuntime Open(IScheduler scheduler, LockedStore store, IWeb web, CrawlSettings crawl, Action<string, Exception> onFault);

    public Task InitializeAsync()
    {
        _runtime = Open(_scheduler, _store, _web, Quick, (who, _) => { lock (_faults) _faults.Add(who); });
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _runtime.DisposeAsync();

    [Fact, Trait("Seeds", "S-1")]
    public async Task A_job_is_told_of_after_its_commit_and_then_crawled_to_its_end()
    {
        var job = await CreateAsync();
        Assert.Contains(_store.Look(s => s.Commands.ToList()), command => command is WriterProtocol.CreateJob);
        await EndAsync(job);
        Assert.Equal(["http://a.test/"], _web.Asked.Select(url => url.Text));
        Assert.Equal(JobState.Completed, Assert.Single(Ends()).Outcome);
    }

    [Fact]
    public async Task A_cancel_is_told_once_it_stands_and_the_end_once_the_report_is_written()
    {
        _script.Report.Add(new([(new PageId(1), 1)], [], []));
        _web.Hangs = true;
        var job = await CreateAsync();
        Assert.True(await _runtime.CancelAsync(job, CancellationToken.None).WaitAsync(Patience));
        await EndAsync(job);
        Assert.Equal(JobState.Cancelled, Assert.Single(Ends()).Outcome);
        Assert.Single(_store.Look(s => s.Commands.OfType<WriterProtocol.SaveReport>().ToList()));
        Assert.False(await _runtime.CancelAsync(job, CancellationToken.None).WaitAsync(Patience));
    }

    [Fact]
    public async Task A_retry_opens_what_failed_and_the_job_ends_again()
    {
        var job = await CreateAsync();
        await EndAsync(job);
        _store.Look(s => { s.Failed.Add(Page); return 0; });
        Assert.Equal(1, await _runtime.RetryAsync(job, CancellationToken.None).WaitAsync(Patience));
        await EndAsync(job);
        Assert.Equal(2, Ends().Count);
        Assert.Equal(2, _web.Asked.Count);
    }

    [Fact, Trait("Seeds", "S-3")]
    public async Task A_behaviour_that_throws_is_born_again_and_its_permits_come_back()
    {
        // One in flight means two in hand: a third request shows that the first two came back.
        var refusals = 2;
        _script.Instead = c => c is WriterProtocol.CloseVisit && refusals-- > 0 ? new WriterProtocol.Rejected(c, "no room in the column") : null;
        _web.Fails = true;
        await EndAsync(await CreateAsync());
        Assert.Equal(["a.test", "a.test"], _faults);
        Assert.Equal(3, _web.Asked.Count);
        Assert.Empty(_store.Look(s => s.Open.ToList()));
    }

    [Fact]
    public async Task A_fetcher_that_throws_is_told_of_and_its_page_ends()
    {
        _web.Throws = true;
        await EndAsync(await CreateAsync());
        Assert.Equal(["http://a.test/"], _faults);
    }

    [Fact]
    public async Task A_store_that_takes_no_turn_for_a_while_is_asked_again()
    {
        _script.TurnsToFail = 2;
        var job = await CreateAsync();
        _store.Look(s => s.TurnsToFail = 2);
        await EndAsync(job);
        Assert.Single(Ends());
    }

    [Fact]
    public async Task Nobody_answers_for_a_domain_that_is_asleep()
    {
        await EndAsync(await CreateAsync());
        DomainProtocol.Status? status;
        do status = await _runtime.AskAsync(DomainName.Of("a.test", 80), CancellationToken.None).WaitAsync(Patience);
        while (status is not null);
        Assert.Equal(0, _runtime.Health.InFlight);
    }

    [Fact]
    public async Task Once_stopped_nothing_is_asked_any_more()
    {
        _store.Look(s => { s.Open.Add(Page with { Key = new UnitKey(new JobId(1), new PageId(2)), Url = PageUrl.FromStored("http://a.test/2") }); return 0; });
        await CreateAsync();
        await _runtime.StopAsync(TimeSpan.FromSeconds(5));
        await _runtime.DisposeAsync();
        var asked = _web.Asked.Count;
        var turns = _store.Look(s => s.Turns.Count);
        Assert.InRange(asked, 0, 2);
        Assert.Equal((asked, turns), (_web.Asked.Count, _store.Look(s => s.Turns.Count)));
    }

    private async Task<JobId> CreateAsync()
    {
        _runtime.Start();
        return (await _runtime.CreateAsync(Asked, CancellationToken.None).WaitAsync(Patience)).Id;
    }

    private Task EndAsync(JobId job) => _runtime.WhenEndedAsync(job, CancellationToken.None).WaitAsync(Patience);

    private IReadOnlyList<WriterProtocol.EndJob> Ends() => _store.Look(s => s.Commands.OfType<WriterProtocol.EndJob>().ToList());
}
