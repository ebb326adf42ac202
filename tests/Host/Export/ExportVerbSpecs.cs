using System.Text.Json.Nodes;
using Amble.Behaviours.Ports;
using Amble.Host.Specs.Fakes;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Export;

public sealed class ExportVerbSpecs : IDisposable
{
    private readonly Door _door = new();

    public ExportVerbSpecs()
    {
        _door.Node.Add("https://example.org/", JobState.Completed, FakeNode.Counts(ok: 1, broken: 1));
        Find(1, "https://example.org/", StatusClass.Ok, 200);
        Find(2, "https://example.org/gone", StatusClass.Broken, 404, new SourceView(PageUrl.FromStored("https://example.org/"), "Our team"));
    }

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task A_job_goes_to_standard_output_as_JSON_unless_told_otherwise()
    {
        Assert.Equal(0, await ExportAsync());

        Assert.Equal(2, JsonNode.Parse(_door.Out)!["jobs"]![0]!["pages"]!.AsArray().Count);
        Assert.Equal("", _door.Err);
    }

    [Theory]
    [InlineData("csv", "https://example.org/gone,broken,404")]
    [InlineData("junit", "<failure type=\"broken\" message=\"404\">")]
    [InlineData("sarif", "\"ruleId\":\"broken-link\"")]
    [InlineData("json", "\"format\":\"amble-export/1\"")]
    public async Task Every_format_goes_to_a_file(string format, string holds)
    {
        var file = _door.PathOf("out." + format);

        Assert.Equal(0, await ExportAsync("--format", format, "--output", file));

        Assert.Contains(holds, await File.ReadAllTextAsync(file));
        Assert.Equal("", _door.Out);
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(file)!, "*.new"));
    }

    [Fact]
    public async Task One_class_can_be_asked_for()
    {
        await ExportAsync("--format", "csv", "--class", "broken");

        Assert.Equal(2, _door.Out.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public async Task Beside_a_baseline_only_new_broken_links_end_with_1()
    {
        var before = _door.PathOf("before.json");
        Assert.Equal(0, await ExportAsync("--output", before));

        Assert.Equal(0, await ExportAsync("--output", _door.PathOf("same.json"), "--baseline", before));
        Assert.Contains($"Beside the baseline {before}: 0 new broken links, 1 known, 0 fixed", _door.Err);

        Find(3, "https://example.org/lost", StatusClass.Broken, 410, new SourceView(PageUrl.FromStored("https://example.org/"), "\e[31mLost"));
        Assert.Equal(1, await ExportAsync("--output", _door.PathOf("next.json"), "--baseline", before));
        Assert.Contains("1 new broken link, 1 known, 0 fixed", _door.Err);
        Assert.Contains("linked from https://example.org/ as \"[31mLost\"", _door.Err);

        _door.Node.Broken.Clear();
        Assert.Equal(0, await ExportAsync("--output", _door.PathOf("last.json"), "--baseline", before));
        Assert.Contains("0 new broken links, 0 known, 1 fixed (or not visited this time)", _door.Err);
    }

    [Fact]
    public async Task All_problems_of_a_line_are_told_at_once()
    {
        Assert.Equal(2, await _door.RunAsync("export", "one", "--format", "pdf", "--class", "good", "--colour", "--data", _door.Data));

        Assert.Equal(4, _door.Problems.Length);
        Assert.Contains("--format: 'pdf' is not allowed; allowed is one of json, csv, junit, sarif.", _door.Problems);
        Assert.Contains("--class: 'good' is not allowed; allowed is one of ok, redirected, broken, refused, unknown.", _door.Problems);
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_and_a_baseline_that_cannot_be_read_are_told_together()
    {
        Assert.Equal(2, await ExportAsync("--output", _door.PathOf("no/such/place"), "--baseline", _door.PathOf("nothing.json")));

        Assert.Equal(2, _door.Problems.Length);
        Assert.Equal("", _door.Out);
    }

    [Fact]
    public async Task A_job_that_is_not_there_is_one_sentence_and_leaves_no_file()
    {
        Assert.Equal(2, await _door.RunAsync("export", "9", "--output", _door.PathOf("x.json"), "--data", _door.Data));

        Assert.Equal($"There is no job 9 in '{_door.Data}'.", Assert.Single(_door.Problems));
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(_door.PathOf("x"))!));
    }

    [Fact]
    public async Task Ctrl_C_ends_it_and_leaves_no_half_file()
    {
        using var interrupt = new CancellationTokenSource();
        await interrupt.CancelAsync();

        Assert.Equal(130, await _door.RunAsync(interrupt.Token, "export", "1", "--format", "csv", "--output", _door.PathOf("x.csv"), "--data", _door.Data));
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(_door.PathOf("x"))!));
    }

    private Task<int> ExportAsync(params string[] options) => _door.RunAsync(["export", "1", "--data", _door.Data, .. options]);

    private void Find(int page, string url, StatusClass @class, int status, params SourceView[] sources)
    {
        var visit = FakeNode.Visit(url, @class, status) with { Page = new PageId(page) };
        _door.Node.Visits.Add(visit);
        if (@class == StatusClass.Broken)
        {
            _door.Node.Broken.Add(new BrokenView(visit, sources, sources.Length));
        }
    }
}
