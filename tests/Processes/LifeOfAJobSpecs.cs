using Amble.Messages;
using Amble.ScriptedSites;
using Xunit;

namespace Amble.Processes.Specs;

/// <summary>Interrupted, resumed, asked again and cancelled from the command line, with the exit codes that a script sees.</summary>
public sealed class LifeOfAJobSpecs : IDisposable
{
    private readonly DataPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Ctrl_C_ends_with_130_and_the_same_command_resumes()
    {
        await using var site = await ScriptedSiteProcess.StartAsync("--pages", "300", "--latency-ms", "50");
        string[] command = ["crawl", site.UrlByAddress(), "--allow-private", "--unpaced", "--concurrency", "2", "--data", _place.Folder];
        await using (var first = AmbleProcess.Start(command))
        {
            await Until.TrueAsync("thirty pages", async () => first.HasEnded || (await site.StatsOfAsync(1)).Covered >= 30);
            first.Interrupt();
            var outcome = (await first.EndAsync()).AssertCode(130);
            Assert.Contains($"All that was committed is safe. To go on: amble {string.Join(' ', command)}", outcome.Out, StringComparison.Ordinal);
        }
        var between = _place.Look();
        Assert.Empty(between.Contradictions);
        Assert.Equal(JobState.Running, between.Job.State);
        Assert.InRange(between.Visits.Count, 30, 299);

        var second = (await AmbleProcess.RunAsync(command)).AssertCode(0);
        Assert.Contains("Job 1: " + site.UrlByAddress() + ", resumed where it stood", second.Err, StringComparison.Ordinal);
        var end = _place.Look();
        Assert.Empty(end.Contradictions);
        Assert.Equal((1, JobState.Completed, 300L), (end.Jobs.Count, end.Job.State, end.Job.Counts.Ok));
        // A stop in order finishes what is in flight and commits it: nothing is asked twice.
        var stats = await site.StatsOfAsync(1);
        Assert.Equal((300, 0), (stats.Covered, stats.FetchedTwice));
    }

    [Fact]
    public async Task Retry_opens_what_is_broken_and_the_crawl_asks_for_that_alone()
    {
        await using var site = await ScriptedSiteProcess.StartAsync("--pages", "30", "--broken", "2");
        string[] command = ["crawl", site.UrlByAddress(), "--allow-private", "--unpaced", "--data", _place.Folder];
        var first = (await AmbleProcess.RunAsync(command)).AssertCode(1);
        Assert.Contains("linked from", first.Out, StringComparison.Ordinal);
        Assert.Equal((30L, 2L), (_place.Look().Job.Counts.Ok, _place.Look().Job.Counts.Broken));

        var retry = (await AmbleProcess.RunAsync("retry", "1", "--data", _place.Folder)).AssertCode(0);
        Assert.Contains("2 pages of job 1 are open again; to ask for them: amble crawl ", retry.Out, StringComparison.Ordinal);
        var opened = _place.Look();
        Assert.Empty(opened.Contradictions);
        Assert.Equal((JobState.Running, 2L), (opened.Job.State, opened.Job.Pending));

        await site.ClearLogAsync();
        var again = (await AmbleProcess.RunAsync(command)).AssertCode(1);
        Assert.Contains("Job 1: " + site.UrlByAddress() + ", resumed where it stood", again.Err, StringComparison.Ordinal);
        Assert.Equal(["/missing/1", "/missing/2"], (await site.LogAsync()).Select(request => request.Path).Order());
        Assert.Empty(_place.Look().Contradictions);
        (await AmbleProcess.RunAsync("retry", "7", "--data", _place.Folder)).Refused();
    }

    [Fact]
    public async Task Cancel_ends_a_job_for_good_and_the_next_crawl_is_a_new_one()
    {
        await using var site = await ScriptedSiteProcess.StartAsync("--pages", "8", "--latency-ms", "100");
        string[] command = ["crawl", site.UrlByAddress(), "--allow-private", "--unpaced", "--concurrency", "1", "--data", _place.Folder];
        await using (var first = AmbleProcess.Start(command))
        {
            await Until.TrueAsync("two pages", async () => first.HasEnded || (await site.StatsOfAsync(1)).Covered >= 2);
            await first.KillAsync();
        }
        var open = _place.Look();
        Assert.Equal(JobState.Running, open.Job.State);

        var cancel = (await AmbleProcess.RunAsync("cancel", "1", "--data", _place.Folder)).AssertCode(0);
        Assert.Equal("Job 1 is cancelled.", cancel.Out.Trim());
        var cancelled = _place.Look();
        Assert.Empty(cancelled.Contradictions);
        Assert.Equal((JobState.Cancelled, 0L), (cancelled.Job.State, cancelled.Job.Pending));
        Assert.All(open.Visits.Keys, url => Assert.Equal(StatusClass.Ok, cancelled.Visits[url].Class));

        Assert.Equal(["Job 1 is cancelled already; only a job that has not ended can be cancelled."], (await AmbleProcess.RunAsync("cancel", "1", "--data", _place.Folder)).Refused());
        Assert.Equal([$"There is no job 9 in '{_place.Folder}'."], (await AmbleProcess.RunAsync("cancel", "9", "--data", _place.Folder)).Refused());

        var next = (await AmbleProcess.RunAsync(command)).AssertCode(0);
        Assert.Contains("Job 2: " + site.UrlByAddress() + "\n", next.Err, StringComparison.Ordinal);
        Assert.Equal([JobState.Completed, JobState.Cancelled], _place.Look().Jobs.Select(job => job.State));
    }
}
