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
    public void A_block_says_how_far_how_fast_and_why_it_waits()
    {
        var job = Job("https://example.org/") with { Now = new JobNow("waiting until 12:00:03: Retry-After", 0.5, 2, null, null) };

        var lines = ProgressText.Block(new Progress([job], TimeSpan.FromSeconds(12), 1.5, TimeSpan.FromSeconds(200)), 120);

        Assert.Equal("https://example.org/   12 s", lines[0]);
        Assert.Equal("  done 6   found 9   broken 1   1.5 pages/s   in flight 2   about 3 min 20 s left", lines[1]);
        Assert.Equal("  waiting until 12:00:03: Retry-After", lines[2]);
    }

    [Fact]
    public void No_line_of_a_block_is_wider_than_the_terminal()
    {
        var jobs = Enumerable.Range(1, 20).Select(i => Job($"https://site-{i}.example.org/{new string('x', 100)}")).ToList();

        Assert.All(ProgressText.Block(new Progress(jobs, TimeSpan.Zero, 0, null), 60), line => Assert.InRange(line.Length, 1, 59));
    }

    [Fact]
    public void Without_a_terminal_there_are_plain_lines_every_ten_seconds_and_at_changes()
    {
        var err = new StringWriter();
        var view = new ProgressView(new Terminal(TextWriter.Null, err, Live: false, Interactive: false, () => 80));
        var job = Job("https://example.org/");

        foreach (var (seconds, state) in new[] { (0, "running"), (4, "running"), (9, "running"), (10, "running"), (12, "parked"), (13, "parked") })
        {
            view.Show(new Progress([job with { State = state }], TimeSpan.FromSeconds(seconds), 0, null));
        }
        view.Clear();

        Assert.Equal(3, err.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain('\e', err.ToString());
    }

    [Fact]
    public void On_a_terminal_the_block_is_drawn_over_itself()
    {
        var err = new StringWriter();
        var view = new ProgressView(new Terminal(TextWriter.Null, err, Live: true, Interactive: true, () => 80));

        view.Show(new Progress([Job("https://example.org/")], TimeSpan.Zero, 0, null));
        view.Show(new Progress([Job("https://example.org/")], TimeSpan.Zero, 0, null));
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
        Assert.Equal(TimeSpan.FromSeconds(50), speed.Left(100, 9));
    }

    [Fact]
    public void Before_there_is_a_speed_the_delay_tells_how_long_it_takes() => Assert.Equal(TimeSpan.FromSeconds(3000), new Speed().Left(300, 10));

    private static JobSummary Job(string start) => JobSummary.Of(new FakeNode().Add(start, JobState.Running, FakeNode.Counts(ok: 5, broken: 1, excluded: 3)), null);
}
