using System.CommandLine;
using Amble.App.Export;
using Amble.App.Http;
using Amble.App.Settings;
using Amble.Messages;

namespace Amble.App.Cli;

/// <summary><c>amble export JOB</c>: a whole job as a file for programs, or as the baseline of a later crawl.</summary>
public sealed class ExportVerb : JobVerb
{
    private readonly Option<string?> _format = SharedOptions.Text("--format", "FORMAT", "json, csv, junit or sarif (default: json)");
    private readonly Option<string?> _class = SharedOptions.Text("--class", "CLASS", "only pages that are ok, redirected, broken, refused or unknown");
    private readonly Option<string?> _output = SharedOptions.Text("--output", "FILE", "where to write; - is standard output (default)");
    private readonly Option<string?> _baseline = SharedOptions.Baseline();

    public ExportVerb() : base("export", "Write a job as JSON, CSV, JUnit XML or SARIF.")
    {
        foreach (var option in (Option[])[_format, _class, _output, _baseline])
        {
            Syntax.Options.Add(option);
        }
    }

    protected override IEnumerable<string> OptionProblems(ParseResult line)
    {
        if (SharedOptions.Given(line, _format) is { } format && !IsNoValue(format) && !ExportFormats.TryParse(format, out _))
        {
            yield return new Problem("--format", format, ExportFormats.Allowed).ToString();
        }
        if (SharedOptions.Given(line, _class) is { } @class && !IsNoValue(@class) && !ClassNames.TryParse(@class, out _))
        {
            yield return new Problem("--class", @class, ClassNames.Allowed).ToString();
        }
    }

    protected override async Task<ExitCode> RunAsync(ParseResult line, IDesk desk, JobId job, EffectiveSettings settings, DoorContext context, CancellationToken stop)
    {
        var problems = new List<string>();
        var baseline = SharedOptions.ReadBaseline(SharedOptions.Given(line, _baseline), problems);
        if (!OutputTarget.TryOpen("--output", SharedOptions.Given(line, _output) ?? OutputTarget.StandardOutput, context.Terminal.Out, out var target, out var unwritable))
        {
            problems.Add(unwritable);
        }
        using (target)
        {
            if (target is null || problems.Count > 0)
            {
                return context.Refuse(problems);
            }
            try
            {
                return await desk.ReadAsync(job, stop) is not { } summary
                    ? context.Refuse($"There is no job {job} in {settings.Store}.")
                    : await WriteAsync(line, desk.Exports, summary, target, baseline, context, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }
        }
    }

    private async Task<ExitCode> WriteAsync(
        ParseResult line, IExportSource source, JobSummary job, OutputTarget target, Baseline? baseline, DoorContext context, CancellationToken stop)
    {
        ExportFormats.TryParse(SharedOptions.Given(line, _format) ?? "json", out var format);
        var compared = baseline is null ? null : await BaselineComparison.MakeAsync(baseline, source, [job], stop);
        var input = new ExportInput(source, [job], ClassNames.TryParse(SharedOptions.Given(line, _class), out var only) ? only : null, compared);
        IReadOnlyList<string> remarks = [];
        await target.WriteAsync(async to => remarks = await ExportFormats.WriteAsync(format, to, input, stop));
        foreach (var remark in remarks)
        {
            context.Terminal.Err.WriteLine(TerminalText.Clean(remark));
        }
        if (compared is null)
        {
            return ExitCode.Clean;
        }
        BaselineText.Write(context.Terminal.Err, compared);
        return compared.New > 0 ? ExitCode.BrokenLinks : ExitCode.Clean;
    }

    /// <summary>It begins like an option: one follows in the place of a value, and is told as such.</summary>
    private static bool IsNoValue(string text) => text.StartsWith("--", StringComparison.Ordinal);
}
