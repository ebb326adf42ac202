using Amble.Messages;
using static Amble.Messages.RetentionProtocol;

namespace Amble.App.Sql.Writing;

/// <summary>
/// Empties the tables of an earlier version, which were not by period, as their rows expire: a walk along the key that they have, for no
/// index may be built over them. What a job has that has not ended stays, until a later walk.
/// </summary>
internal sealed class FormerPurge(Database database)
{
    private const string WalkDetails =
        """
        SELECT d.visit_id, v.started_at, j.state FROM {details} d LEFT JOIN visits v ON v.id = d.visit_id LEFT JOIN jobs j ON j.id = v.job_id
        WHERE d.visit_id > ? ORDER BY d.visit_id LIMIT ?
        """;

    private const string WalkRequests =
        """
        SELECT r.domain_id, r.started_us, j.state FROM {requests} r LEFT JOIN jobs j ON j.id = r.job_id
        WHERE (r.domain_id, r.started_us) > (?, ?) ORDER BY r.domain_id, r.started_us LIMIT ?
        """;

    private const string DeleteDetails = "DELETE FROM {details} WHERE visit_id = ?";
    private const string DeleteRequests = "DELETE FROM {requests} WHERE domain_id = ? AND started_us = ?";

    private readonly string _walkDetails = Named(WalkDetails, database.IsPostgres);
    private readonly string _walkRequests = Named(WalkRequests, database.IsPostgres);
    private readonly string _deleteDetails = Named(DeleteDetails, database.IsPostgres);
    private readonly string _deleteRequests = Named(DeleteRequests, database.IsPostgres);

    /// <summary>All there are, as SQLite has them.</summary>
    public static IReadOnlyList<string> Statements { get; } =
        [.. ((string[])[WalkDetails, WalkRequests, DeleteDetails, DeleteRequests]).Select(sql => Named(sql, isPostgres: false))];

    public PurgePortion Purge(PurgeFormer command) => command.Table == FormerTable.Details ? PurgeDetails(command) : PurgeRequests(command);

    private PurgePortion PurgeDetails(PurgeFormer command)
    {
        var before = StoredTime.Now(command.Before);
        var (seen, last, expired) = (0, 0L, new List<long>());
        var walk = database[_walkDetails].Bind(command.After.First).Bind(command.Rows);
        while (walk.Step())
        {
            (seen, last) = (seen + 1, walk.Integer(0));
            // Without a visit it is nobody's.
            if (walk.IsNull(1) || HasEnded(walk, 2) && walk.Integer(1) <= before) expired.Add(last);
        }
        foreach (var visit in expired) database[_deleteDetails].Bind(visit).Put();
        return new PurgePortion(expired.Count, seen < command.Rows ? null : new PurgePlace(last));
    }

    private PurgePortion PurgeRequests(PurgeFormer command)
    {
        var before = StoredTime.Microseconds(command.Before);
        var (seen, last, expired) = (0, command.After, new List<PurgePlace>());
        var walk = database[_walkRequests].Bind(command.After.First).Bind(command.After.Second).Bind(command.Rows);
        while (walk.Step())
        {
            (seen, last) = (seen + 1, new PurgePlace(walk.Integer(0), walk.Integer(1)));
            if (HasEnded(walk, 2) && last.Second <= before) expired.Add(last);
        }
        foreach (var (domain, started) in expired) database[_deleteRequests].Bind(domain).Bind(started).Put();
        return new PurgePortion(expired.Count, seen < command.Rows ? null : last);
    }

    private static bool HasEnded(Statement row, int column) => row.IsNull(column) || row.Integer(column) >= (long)JobState.Completed;

    private static string Named(string sql, bool isPostgres)
    {
        var before = isPostgres ? "_before" : "";
        return sql.Replace("{details}", "details" + before, StringComparison.Ordinal).Replace("{requests}", "requests" + before, StringComparison.Ordinal);
    }
}
