using Amble.Host.Specs.Sql.Postgres;
using Npgsql;

namespace Amble.Processes.Specs.Cluster;

/// <summary>What a cluster has stored of all its jobs.</summary>
/// <param name="Visits">When each page of each job was visited, by job and URL.</param>
/// <param name="Open">Units that are open.</param>
/// <param name="Unfinished">Jobs that have not ended.</param>
public sealed record StoredInPostgres(IReadOnlyDictionary<(long Job, string Url), long> Visits, long Open, long Unfinished)
{
    public static StoredInPostgres Of(PostgresServer postgres)
    {
        using var database = new NpgsqlConnection(postgres.Connection + ";Pooling=false;Search Path=amble");
        database.Open();
        // One state of all tables, whatever is written meanwhile.
        using var look = database.BeginTransaction(System.Data.IsolationLevel.RepeatableRead);
        var visits = new Dictionary<(long, string), long>();
        using (var read = new NpgsqlCommand("SELECT v.job_id, p.url, v.started_at FROM visits v JOIN pages p ON p.id = v.page_id", database, look).ExecuteReader())
        {
            while (read.Read()) visits.Add((read.GetInt64(0), read.GetString(1)), read.GetInt64(2));
        }
        return new StoredInPostgres(visits, Count("SELECT count(*) FROM frontier WHERE state = 0"), Count("SELECT count(*) FROM jobs WHERE state < 3"));

        long Count(string sql) => (long)new NpgsqlCommand(sql, database, look).ExecuteScalar()!;
    }
}
