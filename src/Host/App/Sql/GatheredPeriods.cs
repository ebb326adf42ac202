using Amble.App.Sql.Periods;

namespace Amble.App.Sql;

/// <summary>
/// What all periods and the tables of an earlier version have of details and requests, side by side in temporary tables, so that they can be
/// compared with the rest. For checks alone: it reads everything.
/// </summary>
internal static class GatheredPeriods
{
    private const string Make =
        """
        CREATE TEMP TABLE IF NOT EXISTS all_details (period bigint, visit_id bigint);
        CREATE TEMP TABLE IF NOT EXISTS all_requests (period bigint, started_us bigint, job_id bigint, page_id bigint, kind bigint, status bigint, milliseconds bigint);
        CREATE TEMP TABLE IF NOT EXISTS all_hits (period bigint, had bigint);
        DELETE FROM all_details;
        DELETE FROM all_hits;
        DELETE FROM all_requests;
        """;

    private const string Columns = "started_us, job_id, page_id, kind, status, milliseconds";
    private const string AddDetails = "INSERT INTO all_details (period, visit_id) VALUES (?, ?)";
    private const string AddRequest = $"INSERT INTO all_requests (period, {Columns}) VALUES (?, ?, ?, ?, ?, ?, ?)";
    private const string SelectDetails = "SELECT visit_id FROM details";
    // What came after the last row that the main database knows of was left by a death between the two commits.
    private const string SelectRequests = $"SELECT {Columns} FROM requests WHERE id <= ?";

    private const string AddHits = "INSERT INTO all_hits (period, had) VALUES (?, ?)";

    // What a crash has left beyond the main database's last row is not there.
    private const string CountHits = "SELECT count(*) FROM hits WHERE id <= ?";

    public static void Gather(Database main, PeriodStore periods)
    {
        main.Execute(Make);
        var before = main.IsPostgres ? "_before" : "";
        main.Execute($"INSERT INTO all_details SELECT NULL, visit_id FROM details{before}; INSERT INTO all_requests SELECT NULL, {Columns} FROM requests{before}");
        if (main.IsPostgres)
        {
            main.Execute($"INSERT INTO all_details SELECT period, visit_id FROM details; INSERT INTO all_requests SELECT period, {Columns} FROM requests; INSERT INTO all_hits SELECT period, count(*) FROM hits GROUP BY period");
            return;
        }
        foreach (var period in PeriodCatalog.Read(main).Select(named => named.Period))
        {
            if (period.Family == PeriodFamily.Hits)
            {
                var had = periods.Read(main, period, database => database[CountHits].Bind(PeriodCatalog.LastRow(main, period)).Single());
                main[AddHits].Bind(period.Number).Bind(had).Run();
                continue;
            }
            periods.Read(main, period, database => period.Family == PeriodFamily.Details
                ? Copy(database[SelectDetails], main[AddDetails], period, 1)
                : period.Family == PeriodFamily.Requests ? Copy(database[SelectRequests].Bind(PeriodCatalog.LastRow(main, period)), main[AddRequest], period, 6) : 0);
        }
    }

    private static int Copy(Statement from, Statement to, Period period, int columns)
    {
        var copied = 0;
        for (; from.Step(); copied++)
        {
            to.Begin().Bind(period.Number);
            for (var i = 0; i < columns; i++) to.Bind(from.Integer(i));
            to.Run();
        }
        return copied;
    }
}
