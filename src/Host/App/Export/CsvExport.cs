using System.Globalization;
using Amble.Messages;
using CsvHelper;

namespace Amble.App.Export;

/// <summary>
/// Pages as CSV by RFC 4180: UTF-8 without a byte order mark, a header row, CRLF. A text that a spreadsheet would run as a formula is
/// given a quote mark in front (OWASP, CSV Injection). The names of the columns are those of the JSON pages and stay as they are; new ones
/// come at the end.
/// </summary>
public static class CsvExport
{
    public const string ContentType = "text/csv; charset=utf-8; header=present";

    private static readonly CsvWriterOptions Options = CsvWriterOptions.Default with { Injection = CsvInjection.Escape, TrueValue = "true", FalseValue = "false" };

    private static readonly (string Name, Action<CsvWriter, PageRow> Write)[] Columns =
    [
        Number("job", row => row.Job),
        Text("url", row => row.Url),
        Text("class", row => row.Class),
        Number("status", row => row.Status),
        Text("error", row => row.Error),
        Number("depth", row => row.Depth),
        Number("milliseconds", row => row.Milliseconds),
        Number("bytes", row => row.Bytes),
        Text("contentType", row => row.ContentType),
        Text("title", row => row.Title),
        Text("description", row => row.Description),
        Text("h1", row => row.H1),
        Number("h1Count", row => row.H1Count),
        Number("words", row => row.Words),
        Text("canonical", row => row.Canonical),
        ("noindex", (csv, row) => csv.WriteField(row.Noindex)),
        ("nofollow", (csv, row) => csv.WriteField(row.Nofollow)),
        Text("redirectTo", row => row.RedirectTo),
        Number("inlinks", row => row.Inlinks),
        Number("outlinks", row => row.Outlinks),
        Text("cache", row => row.Cache),
        Text("warmCache", row => row.WarmCache),
        Number("warmMilliseconds", row => row.WarmMilliseconds),
        ("notModified", (csv, row) => csv.WriteField(row.NotModified)),
        Number("savedBytes", row => row.SavedBytes),
        Number("tries", row => row.Tries),
        Text("startedAt", row => row.StartedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
        Number("page", row => row.Page),
    ];

    /// <summary>All jobs in one table, told apart by the column <c>job</c>.</summary>
    public static async Task WriteAsync(Stream to, ExportInput input, CancellationToken stop)
    {
        await using var csv = CsvWriter.Create(to, Options, leaveOpen: true);
        csv.WriteHeader([.. Columns.Select(column => column.Name)]);
        foreach (var job in input.Jobs)
        {
            await foreach (var row in input.Source.PagesAsync(new JobId(job.Job), input.Only, stop))
            {
                foreach (var (_, write) in Columns)
                {
                    write(csv, row);
                }
                await csv.EndRecordAsync(stop);
            }
        }
        await csv.FlushAsync(stop);
    }

    private static (string, Action<CsvWriter, PageRow>) Text(string name, Func<PageRow, string?> value) => (name, (csv, row) => csv.WriteField(Safe(value(row))));

    private static (string, Action<CsvWriter, PageRow>) Number(string name, Func<PageRow, long?> value) => (name, (csv, row) => csv.WriteField(value(row), default));

    /// <summary>The library sees to the ASCII signs; a spreadsheet set to Japanese takes their full-width forms for the same.</summary>
    private static string? Safe(string? text) => text is ['\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20', ..] ? "'" + text : text;
}
