using Amble.App.Http;
using Amble.App.Inspecting;
using Amble.App.Settings;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Cli;

/// <summary>One <c>crawl</c> from its first job to its summary.</summary>
public sealed class CrawlRun(CrawlRequest request, DoorContext context)
{
    /// <summary>Jobs that get a whole summary of their own; of more, only those with something to tell do.</summary>
    private const int MostWhole = 3;

    /// <summary>With results on standard output, people read on standard error.</summary>
    private readonly TextWriter _say = request.Files.UseStandardOutput ? context.Terminal.Err : context.Terminal.Out;

    /// <param name="stop">The first Ctrl-C.</param>
    public async Task<ExitCode> RunAsync(CancellationToken stop)
    {
        using var files = new CrawlResults(request.Files, _say, context);
        if (files.Problems.Count > 0)
        {
            return context.Refuse(files.Problems);
        }
        var (desk, problem) = Desks.Open("crawl", request.Node(), request.Unpaced, context);
        if (desk is null)
        {
            return context.Refuse(problem!);
        }
        await using (desk)
        {
            try
            {
                return await CrawlAsync(desk, files, stop);
            }
            catch (Exception e) when (e is DeskException or StoreUnavailableException or IOException)
            {
                return context.Refuse(e.Message, $"To go on: {request.CommandLine}");
            }
        }
    }

    private async Task<ExitCode> CrawlAsync(IDesk desk, CrawlResults files, CancellationToken stop)
    {
        foreach (var remark in request.Remarks)
        {
            context.Terminal.Err.WriteLine(TerminalText.Clean(remark));
        }
        var node = (desk as LocalDesk)?.Node;
        node?.Runtime.Start();
        await using var inspection = node is null ? null : InspectionSocket.Listen(DirectoryLock.InspectionPath(request.Settings.Directory), node);
        var follow = new Following(desk, context);
        var ended = await follow.BeginAsync(request.Jobs(), stop) ?? await follow.ToTheEndAsync(stop);
        var jobs = follow.Jobs;
        if (ended == FollowEnd.Ended)
        {
            jobs = await WithPolitenessAsync(desk, jobs);
            await WriteSummaryAsync(desk, jobs);
        }
        else if (desk.Trouble is { } trouble)
        {
            context.Refuse(trouble);
        }
        if (ended != FollowEnd.Ended)
        {
            _say.WriteLine(await desk.LeaveAsync(follow.Open, request.CommandLine));
            jobs = await follow.ReadAgainAsync();
        }
        else
        {
            SayHowToGoOn(jobs, isLocal: node is not null);
        }
        var wholly = await files.WriteAsync(desk.Exports, jobs);
        return ended switch
        {
            FollowEnd.Interrupted => ExitCode.Interrupted,
            FollowEnd.Trouble => ExitCode.Trouble,
            _ when !wholly => ExitCode.Trouble,
            _ => ExitCodeRule.Of(jobs, files.Compared),
        };
    }

    // A report has it; of a job that is parked it would have to be counted, which takes its time.
    private static async Task<IReadOnlyList<JobSummary>> WithPolitenessAsync(IDesk desk, IReadOnlyList<JobSummary> jobs)
    {
        var told = new List<JobSummary>();
        foreach (var job in jobs)
            told.Add(job.HasEnded ? job with { Politeness = await desk.ReadPolitenessAsync(new JobId(job.Job), CancellationToken.None) } : job);
        return told;
    }

    private async Task WriteSummaryAsync(IDesk desk, IReadOnlyList<JobSummary> jobs)
    {
        var many = jobs.Count > MostWhole;
        foreach (var job in jobs.Where(job => !many || ExitCodeRule.Of(job) != ExitCode.Clean))
        {
            var findings = await desk.ReadFindingsAsync(new JobId(job.Job), SummaryText.Needed, CancellationToken.None);
            SummaryText.Write(_say, job, findings, More(job));
        }
        if (jobs.Count > 1)
        {
            SummaryText.WriteTotal(_say, jobs);
        }
    }

    private void SayHowToGoOn(IReadOnlyList<JobSummary> jobs, bool isLocal)
    {
        if (jobs.Any(job => job.State == "parked"))
        {
            _say.WriteLine($"To go on: {request.CommandLine}");
        }
        var blocked = jobs.Where(job => job.State == "blocked").ToList();
        var store = request.Settings.StoreOption;
        foreach (var job in blocked.Take(MostWhole))
        {
            var next = isLocal ? $", then {request.CommandLine}" : "";
            _say.WriteLine($"To ask again, once the site lets you in: amble retry {job.Job} {store.Name} {ShellWord.Quote(store.Value)}{next}");
        }
        if (blocked.Count > MostWhole)
        {
            _say.WriteLine($"and the same for {Quantity.Of(blocked.Count - MostWhole, "more blocked job")}");
        }
    }

    private string More(JobSummary job) =>
        $"`amble serve --data {ShellWord.Quote(request.Settings.Directory)}` and there /jobs/{job.Job}";
}
