using System.Text.Json.Nodes;
using Amble.App.Export;
using Amble.App.Http;
using Amble.App.Sql;
using Amble.Host.Specs.Sql;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Export;

/// <summary>Exports of a job as the store has it.</summary>
public sealed class StoreExportSpecs : IDisposable
{
    private readonly StoreFixture _store = StoreFixture.Of(SqliteStore.OpenInMemory(Guid.NewGuid().ToString("N"), Unpack));

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Every_page_of_a_job_over_several_slices_is_there_once()
    {
        var pages = Enumerable.Range(0, 1_100).Select(i => Url($"/page-{i}")).ToList();
        var job = _store.Create();
        foreach (var some in pages.Chunk(500))
        {
            _store.Commit<WriterProtocol.LinksSaved>(Links(_store.Unit(job, Home).Key, [.. some.Select(url => new FoundUrl(url, 1, 0, "a page"))]) with { Part = pages.IndexOf(some[0]) / 500 });
        }
        foreach (var unit in _store.Open().Where(unit => unit.Kind == UnitKind.Page))
        {
            _store.Commit<WriterProtocol.UnitClosed>(Visited(unit.Key, unit.Url));
        }

        var rows = await Exported.CsvAsync(Input(job));

        Assert.Equal([.. pages.Select(url => url.Text).Append(Home.Text).Order(StringComparer.Ordinal)], rows.Select(row => row["url"]).Order(StringComparer.Ordinal));
        Assert.Equal("Title of /page-7", rows.Single(row => row["url"].EndsWith("/page-7", StringComparison.Ordinal))["title"]);
        Assert.Equal(1_101, (await Exported.JunitAsync(Input(job))).Descendants("testcase").Count());
    }

    [Fact]
    public async Task What_is_broken_in_a_job_under_way_is_told_with_the_page_that_led_there()
    {
        var job = _store.Create();
        _store.Find(job, Home, Url("/gone"));
        _store.Commit<WriterProtocol.UnitClosed>(_store.Visited(job, Url("/gone"), StatusClass.Broken, 404));

        var broken = (await Exported.JsonAsync(Input(job)))["jobs"]![0]!["findings"]!["broken"]![0]!;

        Assert.Equal("to /gone", (string)Assert.Single(broken["sources"]!.AsArray())!["anchor"]!);
        Assert.Single((await Exported.SarifAsync(Input(job)))["runs"]![0]!["results"]!.AsArray());
    }

    [Fact]
    public async Task An_ended_job_is_told_with_every_link_and_every_chain()
    {
        var job = _store.Create();
        var (gone, about, old, older) = (Url("/gone"), Url("/about"), Url("/old"), Url("/older"));
        _store.Find(job, Home, gone, about, old, older);
        _store.Commit<WriterProtocol.UnitClosed>(_store.Visited(job, Home, links: [(gone, "Our team"), (about, "About"), (old, "Old")]));
        _store.Commit<WriterProtocol.UnitClosed>(_store.Visited(job, about, links: [(gone, "The team")]));
        _store.Commit<WriterProtocol.UnitClosed>(_store.Visited(job, gone, StatusClass.Broken, 404));
        _store.Commit<WriterProtocol.UnitClosed>(_store.Visited(job, old, StatusClass.Redirected, 301, to: older));
        _store.Commit<WriterProtocol.UnitClosed>(_store.Visited(job, older, StatusClass.Redirected, 302, to: about));
        _store.End(job);

        var findings = (await Exported.JsonAsync(Input(job)))["jobs"]![0]!["findings"]!;
        var results = (await Exported.SarifAsync(Input(job)))["runs"]![0]!["results"]!.AsArray();

        Assert.Equal(["Our team", "The team"], findings["broken"]![0]!["sources"]!.AsArray().Select(source => (string)source!["anchor"]!).Order(StringComparer.Ordinal));
        Assert.Equal([2, 1], findings["redirects"]!.AsArray().Select(redirect => redirect!["chain"]!.AsArray().Count));
        Assert.Equal(["broken-link", "broken-link", "redirect-chain"], results.Select(result => (string)result!["ruleId"]!));
    }

    private ExportInput Input(JobId job) =>
        new(new NodeExportSource(_store.Pages, _store.Reports), [JobSummary.Of(_store.View(job), null)], null, null);
}
