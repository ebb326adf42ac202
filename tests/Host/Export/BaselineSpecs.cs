using Amble.App.Export;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Export;

public sealed class BaselineSpecs : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("amble-specs-");
    private readonly ScriptedSource _before = new();
    private readonly ScriptedSource _now = new();

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData(ExportFormat.Json)]
    [InlineData(ExportFormat.Sarif)]
    public async Task A_link_is_known_by_its_target_and_the_page_that_links(ExportFormat format)
    {
        _before.Broken("https://example.org/gone", ("https://example.org/a", "team"), ("https://example.org/b", "")).Broken("https://example.org/mended", ("https://example.org/a", "")).Broken("https://example.org/");
        _now.Page("https://example.org/else").Broken("https://example.org/").Broken("https://example.org/gone", ("https://example.org/a", "other text"), ("https://example.org/c", "fresh"));

        var compared = await CompareAsync(await SaveAsync(format));

        Assert.Equal((1, 2, 2), (compared.New, compared.Known, compared.Fixed));
        Assert.Equal("https://example.org/c", Assert.Single(compared.Examples).Source);
        Assert.Equal(1, compared.KnownPages(1));
    }

    [Theory]
    [InlineData(ExportFormat.Json)]
    [InlineData(ExportFormat.Sarif)]
    public async Task Results_say_what_they_are_beside_the_baseline(ExportFormat format)
    {
        _before.Broken("https://example.org/gone", ("https://example.org/a", "")).Redirect("https://example.org/old", "https://example.org/2", "https://example.org/3");
        _now.Broken("https://example.org/gone", ("https://example.org/a", ""), ("https://example.org/b", ""))
            .Redirect("https://example.org/old", "https://example.org/2", "https://example.org/3").Redirect("https://example.org/young", "https://example.org/2", "https://example.org/3");
        var compared = await CompareAsync(await SaveAsync(format));

        var sarif = await Exported.SarifAsync(_now.Input(baseline: compared));
        var json = await Exported.JsonAsync(_now.Input(baseline: compared));

        Assert.Equal(["unchanged", "new", "unchanged", "new"], sarif["runs"]![0]!["results"]!.AsArray().Select(result => (string)result!["baselineState"]!));
        Assert.Equal([false, true], json["jobs"]![0]!["findings"]!["broken"]![0]!["sources"]!.AsArray().Select(source => (bool)source!["isNew"]!));
        Assert.Equal((1, 1, 0), ((int)json["baseline"]!["new"]!, (int)json["baseline"]!["known"]!, (int)json["baseline"]!["fixed"]!));
    }

    [Fact]
    public async Task Without_a_baseline_no_result_speaks_of_one()
    {
        _now.Broken("https://example.org/gone", ("https://example.org/a", ""));

        Assert.DoesNotContain("baseline", await Exported.TextAsync(ExportFormat.Sarif, _now.Input()), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_an_export_with_a_baseline_tells_is_a_baseline_again()
    {
        _before.Broken("https://example.org/gone", ("https://example.org/a", ""));
        var first = await CompareAsync(await SaveAsync(ExportFormat.Sarif));
        var second = await SaveAsync(ExportFormat.Sarif, _before.Input(baseline: first));

        Assert.Single(BaselineFile.Read(second).Baseline!.Links);
    }

    [Fact]
    public async Task Of_a_target_that_has_more_links_than_were_kept_every_link_is_known()
    {
        _before.Broken("https://example.org/gone", ("https://example.org/a", ""));
        var file = Save((await File.ReadAllTextAsync(await SaveAsync(ExportFormat.Json))).Replace("\"sourceCount\":1", "\"sourceCount\":7", StringComparison.Ordinal));
        _now.Broken("https://example.org/gone", ("https://example.org/a", ""), ("https://example.org/b", "")).Broken("https://example.org/lost", ("https://example.org/b", ""));

        var compared = await CompareAsync(file);

        Assert.Equal((1, 2, 0), (compared.New, compared.Known, compared.Fixed));
    }

    [Fact]
    public void The_order_of_the_fields_does_not_matter()
    {
        var (baseline, _) = BaselineFile.Read(Save(
            """{"jobs": [{"findings": {"broken": [{"sources": [{"anchor": {"page": "no"}, "page": "https://example.org/a"}], "url": "https://example.org/gone"}]}}], "format": "amble-export/1"}"""));

        Assert.Equal([LinkKey.Of("https://example.org/gone", "https://example.org/a")], baseline!.Links);
    }

    [Fact]
    public void What_was_fixed_in_a_SARIF_file_is_no_longer_known()
    {
        var (baseline, _) = BaselineFile.Read(Save(
            """
            {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "Amble"}}, "results": [
              {"ruleId": "broken-link", "partialFingerprints": {"ambleFinding/v1": "000102030405060708090a0b0c0d0e0f"}, "baselineState": "absent"},
              {"ruleId": "broken-link", "partialFingerprints": {"ambleFinding/v1": "100102030405060708090a0b0c0d0e0f"}}
            ]}]}
            """));

        Assert.Equal("100102030405060708090a0b0c0d0e0f", Assert.Single(baseline!.Links).ToString());
    }

    [Fact]
    public async Task A_SARIF_file_that_was_cut_says_so()
    {
        var whole = await SaveAsync(ExportFormat.Sarif, _before.Broken("https://example.org/gone", ("https://example.org/a", "")).Input());
        var cut = Save((await File.ReadAllTextAsync(whole)).Replace("\"cut\":0", "\"cut\":9", StringComparison.Ordinal));

        Assert.False(BaselineFile.Read(whole).Baseline!.IsCut);
        Assert.True(BaselineFile.Read(cut).Baseline!.IsCut);
    }

    [Fact]
    public async Task A_baseline_of_many_megabytes_is_read_as_it_comes()
    {
        var title = new string('x', 200_000);
        for (var i = 0; i < 30; i++)
        {
            _before.Broken($"https://example.org/gone{i}", [.. Enumerable.Range(0, 200).Select(page => ($"https://example.org/{page}", title[..(page * 900)]))]);
        }

        Assert.Equal(6_000, BaselineFile.Read(await SaveAsync(ExportFormat.Json)).Baseline!.Links.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("url,class\r\n")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"job": 1, "broken": 3}""")]
    [InlineData("""{"format": "amble-export/1", "jobs": [""")]
    [InlineData("""{"format": "amble-export/2", "jobs": []}""")]
    [InlineData("""{"format": "\ud800"}""")]
    [InlineData("""{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "ESLint"}}, "results": []}]}""")]
    public void What_is_no_export_of_ours_is_one_sentence_with_what_is_allowed(string text)
    {
        var file = Save(text);
        var (baseline, problem) = BaselineFile.Read(file);

        Assert.Null(baseline);
        Assert.Equal($"--baseline: '{file}' is not allowed; allowed is a file that `amble export JOB` or `amble crawl --sarif FILE` wrote, JSON or SARIF.", problem!.ToString());
    }

    [Fact]
    public void A_file_that_is_not_there_is_the_same_sentence() =>
        Assert.Contains("allowed is a file that `amble export JOB`", BaselineFile.Read(Path.Combine(_directory.FullName, "nowhere")).Problem!.ToString());

    private async Task<BaselineComparison> CompareAsync(string file) =>
        await BaselineComparison.MakeAsync(BaselineFile.Read(file).Baseline!, _now, [_now.Summary], CancellationToken.None);

    private Task<string> SaveAsync(ExportFormat format) => SaveAsync(format, _before.Input());

    private async Task<string> SaveAsync(ExportFormat format, ExportInput input) => Save(await Exported.TextAsync(format, input));

    private string Save(string text)
    {
        var path = Path.Combine(_directory.FullName, $"{Guid.NewGuid():N}");
        File.WriteAllText(path, text);
        return path;
    }
}
