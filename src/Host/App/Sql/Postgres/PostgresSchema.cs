using System.Globalization;
using System.Reflection;
using Npgsql;

namespace Amble.App.Sql.Postgres;

/// <summary>
/// The numbered schema files for PostgreSQL. All that are missing are run in one transaction under a lock, so that of several nodes that
/// start at once one runs them and the others find them done. A schema with a higher number was written by a newer Amble and is refused.
/// </summary>
internal static class PostgresSchema
{
    private const string Prefix = "Amble.Postgres.Schema.";

    /// <summary>The advisory lock under which schema files are run: "Ambl".</summary>
    private const long Lock = 0x416d626c;

    /// <summary>The first that waits for a backend which it was told to end.</summary>
    private const int OldestServer = 14;

    private static readonly Lazy<IReadOnlyList<(int Number, string Sql)>> All = new(Load);

    /// <summary>The number of the newest file.</summary>
    public static int Newest => All.Value[^1].Number;

    /// <exception cref="StoreProblemException">The schema is newer than this product, or the server is too old.</exception>
    public static void Apply(string connectionString, string where)
    {
        using var source = PostgresConnections.Source(connectionString);
        using var connection = source.OpenConnection();
        if (connection.PostgreSqlVersion.Major < OldestServer)
            throw new StoreProblemException($"{where} is on a server of PostgreSQL {connection.PostgreSqlVersion}; allowed is {OldestServer} or newer.");
        using var transaction = connection.BeginTransaction();
        Run(connection, $"SELECT pg_advisory_xact_lock({Lock})");
        var schema = PostgresConnections.Schema(connectionString);
        if (Ask(connection, "SELECT to_regnamespace(quote_ident($1))::text", schema) is null)
            Run(connection, $"CREATE SCHEMA \"{schema.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        Run(connection, "CREATE TABLE IF NOT EXISTS schema_files (number bigint PRIMARY KEY, run_at timestamptz NOT NULL DEFAULT now())");
        var version = int.Parse((string)Ask(connection, "SELECT coalesce(max(number), 0)::text FROM schema_files")!, CultureInfo.InvariantCulture);
        if (version > Newest)
        {
            throw new StoreProblemException(
                $"The schema {schema} in {where} was written by a newer Amble (schema {version}); this one knows schemas up to {Newest}: use the newer Amble or another schema.");
        }
        foreach (var (number, sql) in All.Value)
        {
            if (number <= version) continue;
            Run(connection, sql);
            Run(connection, $"INSERT INTO schema_files (number) VALUES ({number})");
        }
        transaction.Commit();
    }

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static object? Ask(NpgsqlConnection connection, string sql, params object[] values)
    {
        using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command.ExecuteScalar() is { } answer and not DBNull ? answer : null;
    }

    private static IReadOnlyList<(int, string)> Load()
    {
        var assembly = typeof(PostgresSchema).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
                .Select(name => (int.Parse(name.AsSpan(Prefix.Length, 3), CultureInfo.InvariantCulture), Read(assembly, name)))
                .OrderBy(file => file.Item1),
        ];
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
