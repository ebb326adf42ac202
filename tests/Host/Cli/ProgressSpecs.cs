using Amble.App.Cli;
using Amble.App.Http;
using Amble.Host.Specs.Fakes;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Cli;

public sealed class ProgressSpecs
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_block_says_how_far_how_fast_and_how_long_yet()
    {
        var lines = Block(Job() with { Now = Well(0.5) with { InFlight = 2 } });

        Assert.Equal("https://example.org/   12 s", lines[0]);
        Assert.Equal("  done 6   found 9   broken 1   throttled 2   about 3 min 20 s left   1.5 pages/s   in flight 2", lines[1]);
        Assert.Equal("  one request every 0.5 s", lines[2]);
    }

    [Fact]
    public void A_block_says_why_it_waits()
    {
        Assert.Equal("  blocked until 12:00:08: Retry-After; 8.0 s more", Block(Job() with { Now = new JobNow("blocked until 12:00:08: Retry-After", 0.5, 0, _noon.AddSeconds(8), null) })[2]);
        Assert.Equal("  one request every 10 s, as robots.txt asks", Block(Job() with { Now = Well(10) with { CrawlDelaySeconds = 10 } })[2]);
        Assert.Equal("  without a pace", Block(Job() with { Now = Well(0) })[2]);
        Assert.Equal("  waking up", Block(Job() with { Now = Well(0) with { Doing = "waking up" } })[2]);
        Assert.Equal("  waiting for the writer; one request every 2 s", Block(Job() with { Now = Well(2) with { Doing = "waiting for the writer" } })[2]);
    }

    [Fact]
    public void Of_many_jobs_those_that_are_held_up_come_first()
    {
        var jobs = Enumerable.Range(1, 9).Select(i => Job($"https://site-{i}.example.org/") with { Now = Well(1) }).ToList();
        jobs[8] = jobs[8] with { Now = new JobNow("blocked", 1, 0, _noon.AddSeconds(8), null) };

        var lines = ProgressText.Block(new Progress(jobs, _noon, TimeSpan.Zero, 0, null), 120);

        Assert.Equal("9 jobs, 9 under way   0.0 s", lines[0]);
        Assert.Equal("  https://site-9.example.org/  6 of 9  blocked; 8.0 s more", lines[2]);
        Assert.Equal("  https://site-1.example.org/  6 of 9  one request every 1 s", lines[3]);
        Assert.Equal("  and 3 more", lines[^1]);
    }

    [Theory]
    [InlineData(0, null, "https://example.org/: robots.txt asks for 10 s between requests (Crawl-delay), so 100 pages take at least 16 min 40 s.")]
    [InlineData(0, 1, "https://example.org/: robots.txt asks for 10 s between requests (Crawl-delay), so 1 page takes at least 10 s.")]
    [InlineData(5, null, "https://example.org/: robots.txt asks for 10 s between requests (Crawl-delay), so the 30 pages open now take at least 5 min 0 s.")]
    public void What_a_Crawl_delay_means_is_told_before_it_is_waited_for(int done, int? maxPages, string line) =>
        Assert.Equal(line, ProgressText.CrawlDelay(Job() with { Ok = done, Broken = 0, Pending = 30 }, 10, maxPages));

    [Fact]
    public void No_line_of_a_block_is_wider_than_the_terminal()
    {
        var jobs = Enumerable.Range(1, 20).Select(i => Job($"https://site-{i}.example.org/{new string('x', 100)}")).ToList();

        Assert.All(ProgressText.Block(new Progress(jobs, _noon, TimeSpan.Zero, 0, null), 60), line => Assert.InRange(line.Length, 1, 59));
    }

    [Fact]
    public void Without_a_terminal_there_are_plain_lines_every_ten_seconds_and_at_changes()
    {
        var err = new StringWriter();
        var view = new ProgressView(new Terminal(TextWriter.Null, err, Live: false, Interactive: false, () => 80));
        var job = Job("https://example.org/");

        foreach (var (seconds, state) in new[] { (0, "running"), (4, "running"), (9, "running"), (10, "running"), (12, "parked"), (13, "parked") })
        {
            view.Show(new Progress([job with { State = state }], _noon, TimeSpan.FromSeconds(seconds), 0, null));
        }
        view.Clear();

        Assert.Equal(3, err.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain('\e', err.ToString());
    }

    [Fact, Trait("Seeds", "P-15+")]
    public void A_long_rest_of_its_site_is_a_line_of_its_own_when_it_begins()
    {
        var err = new StringWriter();
        var view = new ProgressView(new Terminal(TextWriter.Null, err, Live: false, Interactive: false, () => 80));
        var rests = Job() with { Now = new JobNow("blocked until 12:05:00: most requests of the last minutes failed", 0.5, 0, _noon.AddMinutes(5), null) };
        var soon = Job() with { Now = rests.Now with { BlockedUntil = _noon.AddSeconds(8) } };

        foreach (var (seconds, job) in new[] { (0, Job()), (1, soon), (2, rests), (3, rests) })
        {
            view.Show(new Progress([job], _noon, TimeSpan.FromSeconds(seconds), 0, null));
        }

        var lines = err.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.EndsWith("blocked until 12:05:00: most requests of the last minutes failed; 5 min 0 s more", lines[1].TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_terminal_the_block_is_drawn_over_itself()
    {
        var err = new StringWriter();
        var view = new ProgressView(new Terminal(TextWriter.Null, err, Live: true, Interactive: true, () => 80));

        view.Show(new Progress([Job()], _noon, TimeSpan.Zero, 0, null));
        view.Show(new Progress([Job()], _noon, TimeSpan.Zero, 0, null));
        view.Clear();

        Assert.Equal(2, err.ToString().Split("\e[3F\e[J").Length - 1);
    }

    [Fact]
    public void Speed_is_that_of_the_last_half_minute()
    {
        var speed = new Speed();
        for (var second = 0; second <= 100; second++)
        {
            speed.Note(_noon.AddSeconds(second), second < 60 ? second * 10 : 600 + (second - 60) * 2);
        }

        Assert.Equal(2, speed.PerSecond, 0.001);
        Assert.Equal(TimeSpan.FromSeconds(50), speed.Left([Open(100, 9)], _noon));
    }

    [Fact]
    public void Before_there_is_a_speed_the_pace_of_the_slowest_job_tells_how_long_it_takes() =>
        Assert.Equal(TimeSpan.FromSeconds(3000), new Speed().Left([Open(300, 10), Open(400, 2)], _noon));

    [Fact]
    public void Before_the_first_page_nobody_knows_how_long_it_takes() => Assert.Null(new Speed().Left([Open(2, 2) with { Ok = 0, Broken = 0 }], _noon));

    [Fact]
    public void No_speed_of_the_past_outruns_a_Crawl_delay_or_a_block()
    {
        var speed = new Speed();
        for (var second = 0; second <= 10; second++)
        {
            speed.Note(_noon.AddSeconds(second), second * 10);
        }
        var open = Open(100, 2);

        Assert.Equal(TimeSpan.FromSeconds(10), speed.Left([open], _noon));
        Assert.Equal(TimeSpan.FromSeconds(200), speed.Left([open with { Now = open.Now! with { CrawlDelaySeconds = 2 } }], _noon));
        Assert.Equal(TimeSpan.FromSeconds(60), speed.Left([open with { Now = open.Now! with { BlockedUntil = _noon.AddSeconds(60) } }], _noon));
    }

    [Fact]
    public void What_passes_before_the_first_page_is_no_part_of_the_speed()
    {
        var speed = new Speed();
        for (var second = 0; second <= 10; second++)
        {
            speed.Note(_noon.AddSeconds(second), 500 + Math.Max(0, second - 5));
        }

        Assert.Equal(1, speed.PerSecond, 0.001);
    }

    [Fact]
    public void A_line_that_stays_takes_the_block_away_first()
    {
        var err = new StringWriter();
        var view = new ProgressView(new Terminal(TextWriter.Null, err, Live: true, Interactive: true, () => 80));

        view.Show(new Progress([Job()], _noon, TimeSpan.Zero, 0, null));
        view.Say("This stays.");
        view.Show(new Progress([Job()], _noon, TimeSpan.Zero, 0, null));

        Assert.Contains($"\e[3F\e[JThis stays.{Environment.NewLine}https://example.org/", err.ToString());
    }

    private static IReadOnlyList<string> Block(JobSummary job) => ProgressText.Block(new Progress([job], _noon, TimeSpan.FromSeconds(12), 1.5, TimeSpan.FromSeconds(200)), 120);

    private static JobNow Well(double delay) => new(DomainProtocol.Status.Asking, delay, 0, null, null);

    private static JobSummary Open(long pending, double delay) => Job() with { Pending = pending, Now = Well(delay) };

    private static JobSummary Job(string start = "https://example.org/") => JobSummary.Of(new FakeNode().Add(start, JobState.Running, FakeNode.Counts(ok: 5, broken: 1, excluded: 3)), null);
}
