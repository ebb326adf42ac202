using System.CommandLine;
using Amble.App.Settings;
using Amble.Messages;

namespace Amble.App.Cli;

/// <summary><c>amble retry JOB</c></summary>
public sealed class RetryVerb() : JobVerb("retry", "Open again what ended refused, broken or unknown in a job.")
{
    protected override async Task<ExitCode> RunAsync(ParseResult line, IDesk desk, JobId job, EffectiveSettings settings, DoorContext context, CancellationToken stop)
    {
        if (await desk.RetryAsync(job, stop) is not { } opened)
        {
            return context.Refuse($"There is no job {job} in {settings.Store}.");
        }
        if (opened == 0)
        {
            context.Terminal.Out.WriteLine($"Job {job} has nothing to ask again.");
            return ExitCode.Clean;
        }
        var start = (await desk.ReadAsync(job, stop))?.Start ?? "URL";
        var next = desk is LocalDesk ? $"to ask for them: amble crawl {ShellWord.Quote(start)} {settings.StoreOption.Name} {ShellWord.Quote(settings.StoreOption.Value)}" : "the running serve asks for them now";
        context.Terminal.Out.WriteLine($"{Quantity.Of(opened, "page")} of job {job} {(opened == 1 ? "is" : "are")} open again; {next}.");
        return ExitCode.Clean;
    }
}
