using System.Text.Encodings.Web;
using System.Text.Json;
using Amble.App.Export;
using Amble.App.Http;
using Amble.Behaviours.Ports;

namespace Amble.App.Cli;

/// <summary>
/// Writes what a crawl was asked to write. All places are opened before the crawl begins; at its end each is written by itself, so that
/// trouble with one costs none of the others.
/// </summary>
public sealed class CrawlResults : IDisposable
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<(ExportFormat Format, OutputTarget Target)> _targets = [];
    private readonly List<string> _problems = [];
    private readonly CrawlFiles _files;
    private readonly TextWriter _say;
    private readonly DoorContext _context;

    /// <param name="say">Where people read.</param>
    public CrawlResults(CrawlFiles files, TextWriter say, DoorContext context)
    {
        (_files, _say, _context) = (files, say, context);
        foreach (var (format, option, path) in files.Paths)
        {
            if (OutputTarget.TryOpen(option, path, context.Terminal.Out, out var target, out var unwritable))
            {
                _targets.Add((format, target));
            }
            else
            {
                _problems.Add(unwritable);
            }
        }
    }

    /// <summary>Places that cannot be written, a sentence each.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The crawl beside its baseline; null when there is none, or before the end.</summary>
    public BaselineComparison? Compared { get; private set; }

    /// <returns>False when something could not be written, which was told.</returns>
    public async Task<bool> WriteAsync(IExportSource source, IReadOnlyList<JobSummary> jobs)
    {
        if (jobs.Count == 0)
        {
            return true;
        }
        if (_files.Baseline is { } baseline)
        {
            Compared = await BaselineComparison.MakeAsync(baseline, source, jobs, CancellationToken.None);
            BaselineText.Write(_say, Compared);
        }
        var wholly = true;
        foreach (var (format, target) in _targets)
        {
            try
            {
                await target.WriteAsync(to => WriteAsync(format, to, new ExportInput(source, jobs, null, Compared)));
            }
            catch (Exception e) when (e is IOException or DeskException or StoreUnavailableException)
            {
                _context.Refuse(e.Message);
                wholly = false;
            }
        }
        return wholly;
    }

    public void Dispose()
    {
        foreach (var (_, target) in _targets)
        {
            target.Dispose();
        }
    }

    private async Task WriteAsync(ExportFormat format, Stream to, ExportInput input)
    {
        if (format == ExportFormat.Json)
        {
            // A crawl's own JSON is its sums; the whole job as JSON is what `amble export` writes.
            await to.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(JsonSummary.Of(input.Jobs), Readable));
            to.WriteByte((byte)'\n');
            return;
        }
        foreach (var remark in await ExportFormats.WriteAsync(format, to, input, CancellationToken.None))
        {
            _context.Terminal.Err.WriteLine(TerminalText.Clean(remark));
        }
    }
}
