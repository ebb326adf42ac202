using System.Text.Json.Nodes;
using Amble.Behaviours.Ports;
using Amble.Host.Specs.Fakes;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Export;

/// <summary>What a crawl writes at its end, and how it is judged beside a baseline.</summary>
public sealed class CrawlFilesSpecs : IDisposable
{
    private const string Start = "https://example.org/";

    private readonly Door _door = new();

    public CrawlFilesSpecs() => _door.Node.Outcome = job => FakeNode.Ended(job, JobState.Completed, FakeNode.Counts(ok: 1, broken: _door.Node.Broken.Count));

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task All_files_are_written_and_hold_all_jobs()
    {
        Break(1, "https://example.org/gone", "https://example.org/a");
        string[] files = [_door.PathOf("sums.json"), _door.PathOf("pages.csv"), _door.PathOf("junit.xml"), _door.PathOf("links.sarif")];

        Assert.Equal(1, await _door.CrawlAsync(Start, "https://example.com/", "--json", files[0], "--csv", files[1], "--junit", files[2], "--sarif", files[3]));

        Assert.Equal(2, JsonNode.Parse(await File.ReadAllTextAsync(files[0]))!["jobs"]!.AsArray().Count);
        Assert.Equal(3, (await File.ReadAllTextAsync(files[1])).TrimEnd().Split('\n').Length);
        Assert.Equal(2, (await File.ReadAllTextAsync(files[2])).Split("<testsuite ").Length - 1);
        Assert.Equal(2, JsonNode.Parse(await File.ReadAllTextAsync(files[3]))!["runs"]!.AsArray().Count);
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(files[0])!, "*.new"));
    }

    [Theory]
    [InlineData("--csv", "job,url,class")]
    [InlineData("--junit", "<?xml")]
    [InlineData("--sarif", "{\"$schema\"")]
    public async Task On_standard_output_stands_nothing_else(string option, string begins)
    {
        await _door.CrawlAsync(Start, option, "-");

        Assert.StartsWith(begins, _door.Out);
        Assert.Contains("completed in", _door.Err);
    }

    [Theory]
    [InlineData("--csv - --sarif -", "--csv and --sarif: '-' is not allowed; allowed is a place of its own for each.")]
    [InlineData("--json x --junit ./x", "--json and --junit: 'x' is not allowed; allowed is a place of its own for each.")]
    [InlineData("--baseline /nowhere/at/all", "--baseline: '/nowhere/at/all' is not allowed; allowed is a file that `amble export JOB`")]
    [InlineData("--csv /nowhere/at/all", "--csv: '/nowhere/at/all' cannot be written: there is no directory '/nowhere/at'.")]
    public async Task What_cannot_be_is_told_before_the_crawl_begins(string options, string sentence)
    {
        Assert.Equal(2, await _door.CrawlAsync([Start, .. options.Split(' ')]));

        Assert.StartsWith(sentence, Assert.Single(_door.Problems));
        Assert.Empty(_door.Node.Said);
    }

    [Fact]
    public async Task Every_place_that_cannot_be_written_is_told_and_no_trace_is_left()
    {
        var good = _door.PathOf("good.csv");

        Assert.Equal(2, await _door.CrawlAsync(Start, "--csv", good, "--junit", _door.PathOf("no/such/place"), "--sarif", _door.PathOf("nor/this")));

        Assert.Equal(2, _door.Problems.Length);
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(good)!));
    }

    [Fact]
    public async Task Only_what_is_new_beside_the_baseline_ends_with_1()
    {
        Break(1, "https://example.org/gone", "https://example.org/a");
        var baseline = _door.PathOf("before.sarif");
        Assert.Equal(1, await _door.CrawlAsync(Start, "--sarif", baseline));

        Assert.Equal(0, await _door.CrawlAsync(Start, "--baseline", baseline, "--sarif", baseline));
        Assert.Contains("0 new broken links, 1 known, 0 fixed", _door.Out);
        Assert.Contains("\"baselineState\":\"unchanged\"", await File.ReadAllTextAsync(baseline));

        Break(2, "https://example.org/lost", "https://example.org/b");
        Assert.Equal(1, await _door.CrawlAsync(Start, "--baseline", baseline));
        Assert.Contains("1 new broken link, 1 known, 0 fixed", _door.Out);
    }

    [Fact]
    public async Task A_baseline_does_not_hide_other_trouble()
    {
        Break(1, "https://example.org/gone", "https://example.org/a");
        var baseline = _door.PathOf("before.sarif");
        await _door.CrawlAsync(Start, "--sarif", baseline);
        _door.Node.Outcome = job => FakeNode.Ended(job, JobState.Failed, FakeNode.Counts(ok: 1, broken: 1));

        Assert.Equal(2, await _door.CrawlAsync(Start, "--baseline", baseline));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_at_the_end_costs_none_of_the_others()
    {
        var (csv, junit) = (_door.PathOf("here/pages.csv"), _door.PathOf("junit.xml"));
        Directory.CreateDirectory(Path.GetDirectoryName(csv)!);
        _door.Node.Outcome = job =>
        {
            Directory.Delete(Path.GetDirectoryName(csv)!, recursive: true);
            return FakeNode.Ended(job, JobState.Completed);
        };

        Assert.Equal(2, await _door.CrawlAsync(Start, "--csv", csv, "--junit", junit));

        Assert.StartsWith($"--csv: '{csv}' cannot be written", Assert.Single(_door.Problems));
        Assert.Contains("<testsuite", await File.ReadAllTextAsync(junit));
    }

    private void Break(int page, string url, string source)
    {
        var visit = FakeNode.Visit(url, StatusClass.Broken, 404) with { Page = new PageId(page) };
        _door.Node.Visits.Add(visit);
        _door.Node.Broken.Add(new BrokenView(visit, [new SourceView(PageUrl.FromStored(source), "x")], 1));
    }
}
