using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Amble.App.Http;
using Amble.Messages;

namespace Amble.App.Export;

/// <summary>
/// Whole jobs as one JSON object: <c>format</c> (<see cref="Format"/>), with a baseline its counts, and <c>jobs</c>, each with its
/// <c>summary</c> as the API tells it, its <c>findings</c> (broken pages with their links, as many as the report keeps, redirects with their chains, refused pages,
/// what was kept out, sitemaps) and its <c>pages</c>, the only part that a class narrows down. It can be read back as a baseline.
/// </summary>
public sealed class JsonExport
{
    /// <summary>Changes when a reader of the one before would read it wrongly.</summary>
    public const string Format = "amble-export/1";

    /// <summary>Bytes that may wait before they are handed on.</summary>
    private const int MostPending = 32 * 1024;

    // Letters of any script stay as they are; what could end a script element or an attribute does not.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
    private static readonly JsonSerializerOptions Rows = new(JsonSerializerDefaults.Web) { Encoder = Encoder };

    private readonly Utf8JsonWriter _json;
    private readonly ExportInput _input;
    private readonly CancellationToken _stop;

    private JsonExport(Utf8JsonWriter json, ExportInput input, CancellationToken stop) => (_json, _input, _stop) = (json, input, stop);

    public static async Task WriteAsync(Stream to, ExportInput input, CancellationToken stop)
    {
        await using (var json = Begin(to))
        {
            await new JsonExport(json, input, stop).WriteAsync();
        }
        to.WriteByte((byte)'\n');
    }

    internal static Utf8JsonWriter Begin(Stream to) => new(to, new JsonWriterOptions { Encoder = Encoder });

    internal static Task FlushWhenFullAsync(Utf8JsonWriter json, CancellationToken stop) => json.BytesPending > MostPending ? json.FlushAsync(stop) : Task.CompletedTask;

    private async Task WriteAsync()
    {
        _json.WriteStartObject();
        _json.WriteString("format", Format);
        if (_input.Baseline is { } baseline)
        {
            WriteRow("baseline", new { baseline.New, baseline.Known, baseline.Fixed });
        }
        _json.WriteStartArray("jobs");
        foreach (var job in _input.Jobs)
        {
            _json.WriteStartObject();
            WriteRow("summary", job);
            await WriteFindingsAsync(new JobId(job.Job));
            await WriteListAsync("pages", _input.Source.PagesAsync(new JobId(job.Job), _input.Only, _stop), row => row);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        _json.WriteEndObject();
        await _json.FlushAsync(_stop);
    }

    private async Task WriteFindingsAsync(JobId job)
    {
        var findings = await _input.Source.ReadFindingsAsync(job, _stop);
        _json.WriteStartObject("findings");
        _json.WriteStartArray("broken");
        await foreach (var broken in _input.Source.BrokenAsync(job, _stop))
        {
            await WriteBrokenAsync(job, broken);
        }
        _json.WriteEndArray();
        await WriteListAsync("redirects", _input.Source.RedirectsAsync(job, _stop), row => new { row.Page, row.Url, row.Status, row.Chain });
        await WriteListAsync("refused", _input.Source.PagesAsync(job, StatusClass.Refused, _stop), row => new { row.Page, row.Url, row.Outcome });
        WriteRow("excluded", findings.Excluded.Select(excluded => excluded with { Examples = [.. excluded.Examples.Select(ExportText.Clean)] }));
        WriteRow("sitemaps", Clean(findings.Sitemaps ?? SitemapFindings.None));
        _json.WriteEndObject();
    }

    private async Task WriteBrokenAsync(JobId job, BrokenRow broken)
    {
        _json.WriteStartObject();
        _json.WriteNumber("page", broken.Page);
        _json.WriteString("url", broken.Url);
        _json.WriteString("outcome", broken.Outcome);
        WriteRow("status", broken.Status);
        _json.WriteString("error", broken.Error);
        _json.WriteNumber("depth", broken.Depth);
        _json.WriteNumber("sourceCount", broken.SourceCount);
        await WriteListAsync<LinkRow, object>("sources", _input.Source.SourcesAsync(job, broken, _stop), link => _input.Baseline is { } baseline
            ? new { link.Page, link.Anchor, IsNew = baseline.IsNew(new BrokenLink(broken, link.Page, link.Anchor)) }
            : new { link.Page, link.Anchor });
        _json.WriteEndObject();
    }

    private async Task WriteListAsync<TRow, TWritten>(string name, IAsyncEnumerable<TRow> rows, Func<TRow, TWritten> written)
    {
        _json.WriteStartArray(name);
        await foreach (var row in rows)
        {
            JsonSerializer.Serialize(_json, written(row), Rows);
            await FlushWhenFullAsync(_json, _stop);
        }
        _json.WriteEndArray();
    }

    private void WriteRow<T>(string name, T row)
    {
        _json.WritePropertyName(name);
        JsonSerializer.Serialize(_json, row, Rows);
    }

    private static SitemapFindings Clean(SitemapFindings found) => found with
    {
        Problems = [.. found.Problems.Select(problem => new SitemapProblem(ExportText.Clean(problem.Url), ExportText.Clean(problem.What)))],
    };
}
