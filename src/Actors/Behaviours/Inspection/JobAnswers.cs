using System.Text.Json.Nodes;
using Amble.Behaviours.Ports;

namespace Amble.Behaviours.Inspection;

/// <summary>Jobs in short.</summary>
internal static class JobAnswers
{
    private const int MostJobs = 50;

    public static Task<InspectionAnswer> AllAsync(Inspected of, string argument, CancellationToken stop)
    {
        var table = InspectionTable.Of("jobs", of.Pages.ReadJobs(MostJobs + 1, null, null), MostJobs, Row);
        return Task.FromResult(new InspectionAnswer("jobs", null,
            [table.Rows.Count == 0 ? "There is no job." : table.Complete ? $"Jobs: {table.Rows.Count}." : $"The newest {MostJobs} jobs."], [table]));
    }

    private static JsonObject Row(JobView job) => new()
    {
        ["job"] = job.Job.Id.Value,
        ["state"] = Cell.Word(job.State),
        ["pages"] = job.Pages,
        ["pending"] = job.Pending,
        ["ok"] = job.Counts.Ok,
        ["redirected"] = job.Counts.Redirected,
        ["refused"] = job.Counts.Refused,
        ["broken"] = job.Counts.Broken,
        ["unknown"] = job.Counts.Unknown,
        ["excluded"] = job.Counts.Excluded,
        ["throttled"] = job.Counts.Throttled,
        ["createdAt"] = Cell.Instant(job.CreatedAt),
        ["resumeAt"] = Cell.Instant(job.ResumeAt),
        ["start"] = job.Job.Start.Text,
        ["reason"] = job.Reason,
    };
}
