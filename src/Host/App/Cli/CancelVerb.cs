using System.CommandLine;
using Amble.App.Settings;
using Amble.Messages;

namespace Amble.App.Cli;

/// <summary><c>amble cancel JOB</c></summary>
public sealed class CancelVerb() : JobVerb("cancel", "End a job; what was found so far is kept.")
{
    protected override async Task<ExitCode> RunAsync(ParseResult line, IDesk desk, JobId job, EffectiveSettings settings, DoorContext context, CancellationToken stop)
    {
        if (await desk.CancelAsync(job, stop))
        {
            var isWriting = await desk.ReadAsync(job, stop) is { HasEnded: false };
            context.Terminal.Out.WriteLine(isWriting ? $"Job {job} is cancelled; its report is still being written." : $"Job {job} is cancelled.");
            return ExitCode.Clean;
        }
        return context.Refuse(await desk.ReadAsync(job, stop) is { } ended
            ? $"Job {job} is {ended.State} already; only a job that has not ended can be cancelled."
            : $"There is no job {job} in '{settings.Directory}'.");
    }
}
