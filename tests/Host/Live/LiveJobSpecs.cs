using Amble.App.Live;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static Amble.Host.Specs.Live.Sights;

namespace Amble.Host.Specs.Live;

public sealed class LiveJobSpecs : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly LiveJob _job;
    private Func<IReadOnlyList<VisitMark>, LiveRead?> _store = marks => Read(5, 5, [.. marks.Select(_ => true)]);
    private int _looks;

    public LiveJobSpecs() => _job = new LiveJob(new JobId(1), LookAsync, LiveSettings.Default, _clock);

    public void Dispose() => _job.Dispose();

    [Fact]
    public async Task However_many_watch_a_job_it_is_looked_at_once_in_an_interval()
    {
        for (var i = 0; i < 20; i++) await _job.JoinAsync(null, default);
        Assert.Equal(1, _looks);

        var waiting = Enumerable.Range(0, 20).Select(_ => _job.NextAsync(default)).ToList();
        Assert.DoesNotContain(waiting, task => task.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(waiting);

        Assert.Equal(2, _looks);
    }

    [Fact]
    public async Task While_nobody_asks_nothing_is_looked_at()
    {
        await _job.JoinAsync(null, default);
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(1, _looks);
    }

    [Fact]
    public async Task Who_comes_back_stands_where_it_was_as_long_as_that_visit_is_there()
    {
        Assert.Equal(3, (await _job.JoinAsync(Mark(3), default))!.Value.At.Told);

        _store = marks => Read(5, 3, [.. marks.Select(mark => mark.Number != 4)]);
        Assert.Equal(Standing.Lost, (await _job.JoinAsync(Mark(4), default))!.Value.At);
    }

    [Fact]
    public async Task A_job_that_is_not_there_has_no_view()
    {
        _store = _ => null;

        Assert.Null(await _job.JoinAsync(null, default));
    }

    [Fact]
    public async Task A_job_that_is_gone_has_no_next_view()
    {
        await _job.JoinAsync(null, default);
        _store = _ => null;
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await _job.NextAsync(default));
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_asked_again_after_an_interval_and_the_view_stays()
    {
        var (view, _) = (await _job.JoinAsync(null, default))!.Value;
        _store = _ => throw new StoreUnavailableException("It is busy.", full: false);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Same(view, await _job.NextAsync(default));

        _store = marks => Read(6, 5, [.. marks.Select(_ => true)], 6);
        var next = _job.NextAsync(default);
        Assert.False(next.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(6, (await next)!.Head.Number);
    }

    [Fact]
    public async Task A_watcher_who_leaves_during_a_look_costs_the_others_nothing()
    {
        await _job.JoinAsync(null, default);
        using var leaves = new CancellationTokenSource();
        var (leaving, staying) = (_job.NextAsync(leaves.Token), _job.NextAsync(default));
        leaves.Cancel();
        _clock.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        await staying;
        Assert.Equal(2, _looks);
    }

    private Task<(LiveRead, App.Http.JobSummary)?> LookAsync(JobId job, IReadOnlyList<VisitMark> marks, CancellationToken stop)
    {
        _looks++;
        return Task.FromResult<(LiveRead, App.Http.JobSummary)?>(_store(marks) is { } read ? (read, Sums()) : null);
    }
}
