using Amble.App.Sql.Periods;
using Amble.Messages;
using static Amble.Messages.RetentionProtocol;

namespace Amble.App.Sql.Writing;

/// <summary>
/// What retention has the writer do: each command touches about as many rows as it names, and asks again here, in its own transaction,
/// whether the job has ended: one that was opened again meanwhile keeps everything.
/// </summary>
internal sealed class PurgeWrites(TurnRows rows, PeriodStore periods, TimeProvider clock)
{
    private const string ForgetJobs =
        """
        DELETE FROM period_jobs WHERE family = ?1 AND number = ?2
          AND job_id IN (SELECT job_id FROM period_jobs WHERE family = ?1 AND number = ?2 LIMIT ?3)
        """;

    private const string ReadPeriod = "SELECT rows, ends_at FROM periods WHERE family = ? AND number = ?";
    private const string ForgetPeriod = "DELETE FROM periods WHERE family = ? AND number = ?";
    private const string RequestsFrom =
        """
        INSERT INTO stored (what, value) VALUES ('requestsFrom', ?)
        ON CONFLICT (what) DO UPDATE SET value = CASE WHEN stored.value > excluded.value THEN stored.value ELSE excluded.value END
        """;

    private const int Portions = 3;
    private const int LeastPortion = 50;

    private readonly VisitPurge _visits = new(rows);
    private readonly JobLeavings _leavings = new(rows.Database);
    private readonly FormerPurge _former = new(rows.Database);

    public PeriodDropped Drop(DropPeriod command)
    {
        if (PeriodFamily.All.FirstOrDefault(family => family.Name == command.Family) is not { } family) return Answer(command, PeriodLot.Dropped);
        var period = new Period(family, command.Number);
        if (!command.Force && PeriodCatalog.IsHeld(rows.Database, period)) return Answer(command, PeriodLot.Held);
        rows.Periods.Doubt();
        var forgotten = rows.Database[ForgetJobs].Bind(family.Name).Bind(period.Number).Bind(command.Rows).Run();
        if (forgotten == command.Rows) return Answer(command, PeriodLot.Dropping);

        var found = rows.Database[ReadPeriod].Bind(family.Name).Bind(period.Number);
        if (!found.Step()) return Answer(command, PeriodLot.Dropped);
        var (count, endsAt) = (found.Integer(0), found.Integer(1));
        found.End();
        rows.Database[ForgetPeriod].Bind(family.Name).Bind(period.Number).Put();
        rows.Periods.Dropped(period, count);
        if (family == PeriodFamily.Requests) rows.Database[RequestsFrom].Bind(endsAt).Put();
        periods.LetGo(period);
        return Answer(command, PeriodLot.Dropped);
    }

    public SlicePurged Purge(PurgeVisits command) =>
        Ended(command.Job) is { } job ? InPortions(command, (place, most) => _visits.Purge(job, command with { After = place, Rows = most })) : Nothing(command);

    public SlicePurged Empty(EmptyJob command)
    {
        if (Ended(command.Job) is not { Stored: 0, Emptied: < 2 } job || job.EndedAt > StoredTime.Now(command.Before)) return Nothing(command);
        rows.LetGo();
        var slice = InPortions(command, (place, most) => _leavings.Delete(command with { After = place, Rows = most }));
        job.Emptied = slice.Next is null ? 2 : 1;
        job.IsChanged = true;
        return slice;
    }

    public SlicePurged Purge(PurgeFormer command)
    {
        if (command.Table == FormerTable.Requests) rows.Database[RequestsFrom].Bind(StoredTime.Now(command.Before)).Put();
        return InPortions(command, (place, most) => _former.Purge(command with { After = place, Rows = most }));
    }

    // How long rows take is known when they are gone: those that have to come from the disk first take far longer than what a slice before them had.
    private SlicePurged InPortions(ISlice slice, Func<PurgePlace, int, PurgePortion> purge)
    {
        var (began, gone, looked) = (clock.GetTimestamp(), 0L, 0);
        var portion = slice.Within is null ? slice.Rows : Math.Max(LeastPortion, slice.Rows / Portions);
        PurgePlace? place = slice.After;
        while (place is { } from && looked < slice.Rows && !(looked > 0 && clock.GetElapsedTime(began) >= slice.Within))
        {
            var most = Math.Min(portion, slice.Rows - looked);
            var done = purge(from, most);
            (gone, looked, place) = (gone + done.Rows, looked + most, done.Next);
        }
        return new SlicePurged(gone, looked, place);
    }

    private static SlicePurged Nothing(ISlice slice) => new(0, slice.Rows, null);

    private JobRow? Ended(JobId id) => rows.Jobs.Find(id) is { HasEnded: true } job ? job : null;

    private static PeriodDropped Answer(DropPeriod command, PeriodLot lot) => new(command.Family, command.Number, lot);
}
