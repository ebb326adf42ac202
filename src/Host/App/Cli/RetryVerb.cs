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
        var summary = await desk.ReadAsync(job, stop);
        if (summary is { State: "parked", ResumeAt: { } at })
        {
            context.Terminal.Out.WriteLine($"Job {job} is parked and has nothing to ask before {Quantity.Instant(at)}: until then the site asked to be left alone.");
            return ExitCode.Clean;
        }
        if (opened == 0)
        {
            context.Terminal.Out.WriteLine($"Job {job} has nothing to ask again.");
            return ExitCode.Clean;
        }
        var start = summary?.Start ?? "URL";
        var next = desk is LocalDesk ? $"to ask for them: amble crawl {ShellWord.Quote(start)} {settings.StoreOption.Name} {ShellWord.Quote(settings.StoreOption.Value)}" : "the running serve asks for them now";
        context.Terminal.Out.WriteLine($"{Quantity.Of(opened, "page")} of job {job} {(opened == 1 ? "is" : "are")} open again; {next}.");
        return ExitCode.Clean;
    }
}
