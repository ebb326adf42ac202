using System.Text.Json;
using Amble.Messages;
using static Amble.Messages.WriterProtocol;

namespace Amble.App.Sql.Writing;

/// <summary>Creates a job, parks it and lets it run again.</summary>
internal sealed class JobWrites(TurnRows rows, LinkWrites links)
{
    private const string SelectSame =
        """
        SELECT id FROM jobs WHERE start_url = ? AND created_at = ? AND coalesce(max_pages, -1) = coalesce(?, -1)
            AND coalesce(max_depth, -1) = coalesce(?, -1) AND include = ? AND exclude = ? AND concurrency = ? AND unpaced = ? AND warm = ?
        """;

    private const string InsertJob =
        """
        INSERT INTO jobs (start_url, created_at, max_pages, max_depth, include, exclude, concurrency, unpaced, warm, start_host, summed)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
        """;

    /// <summary>The same wish at the same instant is the same job: a command of unknown outcome that comes again.</summary>
    public JobCreated Create(CreateJob command)
    {
        var asked = command.Job;
        var known = BindAsked(rows.Database[SelectSame], command).Single();
        if (known is null)
        {
            var id = BindAsked(rows.Database[InsertJob], command).Bind(asked.Start.Domain.Value).RunForId()!.Value;
            var job = rows.Jobs.Find(new JobId(id))!;
            links.Open(job, asked.Start, UnitKind.Page, command.At);
            links.Open(job, asked.Start.Robots, UnitKind.Robots, command.At);
            known = job.Id.Value;
        }
        return new JobCreated(new JobSpec(new JobId(known.Value), asked), asked.Start.Domain);
    }

    public JobStateSet Set(SetJobState command)
    {
        if (rows.Jobs.Find(command.Job) is not { } job) return new JobStateSet(command.Job, command.State);
        if (job.State is JobState.Running or JobState.Parked)
        {
            job.State = command.State;
            job.Reason = command.Reason;
            job.ResumeAt = StoredTime.Milliseconds(command.ResumeAt);
            job.IsChanged = true;
        }
        return new JobStateSet(command.Job, job.State);
    }

    private static Statement BindAsked(Statement statement, CreateJob command)
    {
        var asked = command.Job;
        return statement
            .Bind(asked.Start.Text).Bind(StoredTime.Milliseconds(command.At)).Bind((long?)asked.Limits.MaxPages).Bind((long?)asked.Limits.MaxDepth)
            .Bind(JsonSerializer.Serialize(asked.Limits.Include)).Bind(JsonSerializer.Serialize(asked.Limits.Exclude))
            .Bind(asked.Concurrency).Bind(asked.Unpaced).Bind(asked.Warm);
    }
}
