using System.Text.Json.Nodes;
using Amble.App;
using Amble.Behaviours.Ports;
using Amble.Host.Specs.Fakes;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Cli;

public sealed class CrawlRunSpecs : IDisposable
{
    private const string Start = "https://example.org/";

    private readonly Door _door = new();

    public void Dispose() => _door.Dispose();

    [Theory]
    [InlineData(JobState.Completed, 3, 0, 0, 0)]
    [InlineData(JobState.Completed, 3, 1, 0, 1)]
    [InlineData(JobState.Completed, 0, 1, 0, 1)]
    [InlineData(JobState.Completed, 3, 0, 2, 0)]
    [InlineData(JobState.Completed, 0, 0, 1, 2)]
    [InlineData(JobState.Completed, 0, 0, 0, 2)]
    [InlineData(JobState.Failed, 0, 0, 0, 2)]
    [InlineData(JobState.Blocked, 9, 1, 0, 2)]
    [InlineData(JobState.Cancelled, 9, 0, 0, 2)]
    [InlineData(JobState.Parked, 9, 0, 0, 2)]
    public async Task The_exit_code_says_how_the_job_ended(JobState state, int ok, int broken, int refused, int exit)
    {
        _door.Node.Outcome = job => FakeNode.Ended(job, state, FakeNode.Counts(ok, broken, refused));

        Assert.Equal(exit, await _door.CrawlAsync(Start));
    }

    [Fact]
    public async Task The_worst_job_decides_the_exit_code()
    {
        var outcomes = new Queue<JobCounts>([FakeNode.Counts(ok: 1), FakeNode.Counts(ok: 1, broken: 1)]);
        _door.Node.Outcome = job => FakeNode.Ended(job, JobState.Completed, outcomes.Dequeue());

        Assert.Equal(1, await _door.CrawlAsync(Start, "https://example.com/"));
    }

    [Fact]
    public async Task An_unfinished_job_is_resumed()
    {
        var job = _door.Node.Add(Start, JobState.Parked, FakeNode.Counts(ok: 5));

        await _door.CrawlAsync(Start);

        Assert.DoesNotContain(_door.Node.Said, said => said.StartsWith("create", StringComparison.Ordinal));
        Assert.Contains($"Job {job.Job.Id}: {Start}, resumed where it stood", _door.Err);
    }

    [Fact]
    public async Task A_finished_job_starts_anew()
    {
        _door.Node.Add(Start, JobState.Completed, FakeNode.Counts(ok: 5));

        await _door.CrawlAsync(Start);

        Assert.Contains($"create {Start}", _door.Node.Said);
        Assert.Equal(2, _door.Node.ReadJobs(9, null, null).Count);
    }

    [Fact]
    public async Task Only_the_jobs_of_this_command_are_taken_up()
    {
        await _door.CrawlAsync(Start, "https://example.com/");

        Assert.Equal([Start, "https://example.com/"], _door.Node.OpenedWith!.Only!.Select(url => url.Text));
    }

    [Fact]
    public async Task A_parked_job_says_when_and_how_it_resumes()
    {
        _door.Node.Add(Start, JobState.Parked, FakeNode.Counts(ok: 5), "The site asked us to stay away", new DateTimeOffset(2026, 3, 9, 8, 30, 0, TimeSpan.Zero));

        Assert.Equal(2, await _door.CrawlAsync(Start));
        Assert.Contains("resumes at 2026-03-09 08:30 UTC", _door.Out);
        Assert.Contains($"To go on: amble crawl --data {_door.Data} {Start}", _door.Out);
    }

    [Fact]
    public async Task Ctrl_C_stops_in_order_and_says_how_to_go_on()
    {
        _door.Node.Outcome = job => job;
        using var interrupt = new CancellationTokenSource();
        await interrupt.CancelAsync();

        var exit = await _door.RunAsync(interrupt.Token, "crawl", Start, "--data", _door.Data);

        Assert.Equal(130, exit);
        Assert.Contains("stop", _door.Node.Said);
        Assert.Contains($"To go on: amble crawl {Start} --data {_door.Data}", _door.Out);
    }

    [Fact]
    public async Task A_full_disk_ends_the_crawl_with_one_sentence()
    {
        _door.Node.Outcome = job => job;
        _door.Node.Health = _door.Node.Health with { DiskFull = true, StoreTrouble = "disk full" };

        Assert.Equal(2, await _door.CrawlAsync(Start));
        Assert.Contains("The disk is full", Assert.Single(_door.Problems));
        Assert.Contains("To go on: amble crawl", _door.Out);
        Assert.Contains("stop", _door.Node.Said);
    }

    [Fact]
    public async Task A_store_that_cannot_be_opened_is_one_sentence()
    {
        _door.Open = _ => throw new StoreUnavailableException("file is not a database", full: false);

        Assert.Equal(2, await _door.CrawlAsync(Start));
        Assert.Contains("cannot be opened: file is not a database", Assert.Single(_door.Problems));
        Assert.False(File.Exists(Path.Combine(_door.Data, "amble.holder")));
    }

    [Fact]
    public async Task A_data_directory_that_is_a_file_is_one_sentence()
    {
        var file = _door.File("data.txt", "");

        Assert.Equal(2, await _door.RunAsync("crawl", Start, "--data", file));
        Assert.Contains($"The data directory '{file}' cannot be used", Assert.Single(_door.Problems));
    }

    [Fact]
    public async Task The_json_has_sums_and_the_same_fields_for_each_job()
    {
        var path = _door.PathOf("sums.json");
        _door.Node.Outcome = job => FakeNode.Ended(job, JobState.Completed, FakeNode.Counts(ok: 2, broken: 1, refused: 1, redirected: 3, unknown: 1, excluded: 4));

        await _door.CrawlAsync(Start, "https://example.com/", "--json", path);

        var sums = JsonNode.Parse(await File.ReadAllTextAsync(path))!.AsObject();
        string[] fields = ["job", "start", "state", "reason", "pages", "ok", "broken", "refused", "unknown", "redirected", "excluded", "requests", "retries", "throttled", "bytes", "notModified", "savedBytes", "warmed", "warmedHits", "seconds",
            "leastGapSeconds", "mostInFlight", "busiestMinute", "refusedShare", "secondsToQuiet", "settledPerSecond"];
        Assert.Equal([.. fields, "jobs"], sums.Select(field => field.Key));
        Assert.Equal((4, 2, 6, 246_912), ((int)sums["ok"]!, (int)sums["broken"]!, (int)sums["redirected"]!, (int)sums["bytes"]!));
        Assert.Equal(12.5, (double)sums["seconds"]!);
        Assert.Equal("completed", (string)sums["state"]!);
        Assert.Null(sums["job"]);
        var jobs = sums["jobs"]!.AsArray();
        Assert.All(jobs, job => Assert.Equal(fields, job!.AsObject().Select(field => field.Key)));
        Assert.Equal([1, 2], jobs.Select(job => (int)job!["job"]!));
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(path)!, "*.new"));
    }

    [Fact, Trait("Seeds", "P-20+")]
    public async Task How_politely_it_asked_is_one_line_and_a_few_fields()
    {
        var path = _door.PathOf("sums.json");
        _door.Node.Polite.Domains.Add(FakePoliteness.Asked("example.org", (0, 200), (0.5, 429), (4, 200), (5, 200), (6, 200), (7, 200), (8, 200)));
        await _door.CrawlAsync(Start, "--json", path);
        Assert.Contains(
            "  politeness  7 requests, never closer than 0.50 s; at most 1 in flight; 1 refused (14.29 %); quiet 3.46 s after it refused; left alone once for 3.46 s in all.\n",
            _door.Out.ReplaceLineEndings("\n"));
        var sums = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        Assert.Equal((0.5, 1, 7, 0.142857, 3.46), ((double)sums["leastGapSeconds"]!, (int)sums["mostInFlight"]!, (int)sums["busiestMinute"]!, (double)sums["refusedShare"]!, (double)sums["secondsToQuiet"]!));
        Assert.Null(sums["settledPerSecond"]);
    }

    [Fact, Trait("Seeds", "P-20+")]
    public async Task A_job_that_has_not_ended_is_not_counted_for_its_summary()
    {
        _door.Node.Polite.Domains.Add(FakePoliteness.Asked("example.org", (0, 200)));
        _door.Node.Outcome = job => FakeNode.Ended(job, JobState.Parked) with { EndedAt = null };
        await _door.CrawlAsync(Start);
        Assert.Equal(0, _door.Node.Polite.Reads);
        Assert.DoesNotContain("politeness", _door.Out);
    }

    [Fact]
    public async Task With_the_json_on_standard_output_nothing_else_is_there()
    {
        await _door.CrawlAsync(Start, "--json", "-");

        Assert.Equal(1, (int)JsonNode.Parse(_door.Out)!["job"]!);
        Assert.Contains("completed in", _door.Err);
    }

    [Fact]
    public async Task A_json_file_that_cannot_be_written_is_told_before_the_crawl()
    {
        Assert.Equal(2, await _door.CrawlAsync(Start, "--json", _door.PathOf("no/such/place.json")));
        Assert.Contains("--json", Assert.Single(_door.Problems));
        Assert.Empty(_door.Node.Said);
    }

    [Fact]
    public async Task Broken_links_are_told_with_their_sources_and_link_texts()
    {
        _door.Node.Outcome = job => FakeNode.Ended(job, JobState.Completed, FakeNode.Counts(ok: 2, broken: 25));
        for (var i = 0; i < 25; i++)
        {
            _door.Node.Broken.Add(new BrokenView(
                FakeNode.Visit($"{Start}gone{i}", StatusClass.Broken, 404), [new SourceView(PageUrl.FromStored(Start), $"Our\e[31m team {i}\u202E")], 3));
        }
        _door.Node.Broken.Add(new BrokenView(FakeNode.Visit("https://nowhere.test/", StatusClass.Broken, -(int)FetchFailure.NoSuchHost), [], 0));

        Assert.Equal(1, await _door.CrawlAsync(Start));
        Assert.Contains("404                https://example.org/gone0", _door.Out);
        Assert.Contains("linked from https://example.org/ as \"Our[31m team 0\"", _door.Out);
        Assert.Contains("and from 2 more pages", _door.Out);
        Assert.DoesNotContain("gone20", _door.Out);
        Assert.Contains("and 5 more: see", _door.Out);
        Assert.DoesNotContain('\e', _door.Out + _door.Err);
    }

    [Fact]
    public async Task What_was_kept_out_is_told_by_reason()
    {
        _door.Node.Outcome = job => FakeNode.Ended(job, JobState.Completed, FakeNode.Counts(excluded: 7));
        _door.Node.Excluded.Add(new ExcludedView(ExclusionReason.Robots, 7, ["https://example.org/private"]));

        Assert.Equal(2, await _door.CrawlAsync(Start));
        Assert.Contains("robots.txt         7  such as https://example.org/private", _door.Out);
        Assert.Contains("No page could be read", _door.Out);
    }

    [Theory]
    [InlineData(1, 1, 0, 2)]
    [InlineData(1, 0, 1, 2)]
    [InlineData(1, 0, 0, 0)]
    public async Task A_redirect_that_led_to_nothing_read_is_no_clean_crawl(int redirected, int refused, int unknown, int exit)
    {
        _door.Node.Outcome = job => FakeNode.Ended(job, JobState.Completed, FakeNode.Counts(redirected: redirected, refused: refused, unknown: unknown));

        Assert.Equal(exit, await _door.CrawlAsync(Start));
        Assert.Equal(exit == 2, _door.Out.Contains("No page could be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_not_sent_again_and_what_caches_have_now_is_told_only_where_there_is_any()
    {
        _door.Node.Outcome = job => FakeNode.Ended(job, JobState.Completed, FakeNode.Counts(ok: 3) with { NotModified = 2, SavedBytes = 1_234_000, Warmed = 3, WarmedHits = 1 });
        await _door.CrawlAsync(Start, "--warm");
        Assert.Contains("unchanged   2  since the last visit: 1.2 MB not sent again", _door.Out);
        Assert.Contains("warmed      3  1 in the cache now, 2 still not", _door.Out);
        Assert.True(_door.Node.ReadJob(new JobId(1))!.Job.Asked.Warm);

        using var other = new Door();
        await other.CrawlAsync(Start);
        Assert.DoesNotContain("unchanged", other.Out);
        Assert.DoesNotContain("warmed", other.Out);
        Assert.False(other.Node.ReadJob(new JobId(1))!.Job.Asked.Warm);
    }

    [Fact]
    public async Task The_reason_of_a_failed_job_is_told()
    {
        _door.Node.Outcome = job => FakeNode.Ended(job, JobState.Failed, FakeNode.Counts(), "nowhere.test does not exist.");

        Assert.Equal(2, await _door.CrawlAsync(Start));
        Assert.Contains("nowhere.test does not exist.", _door.Out);
    }
}
