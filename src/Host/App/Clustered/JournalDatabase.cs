using System.Net.Sockets;
using Amble.App.Sql;
using Amble.App.Sql.Postgres;
using Npgsql;

namespace Amble.App;

/// <summary>
/// The journal's own PostgreSQL database, so that the writer never contends with it (DESIGN.md section 5): the one that is named or, on
/// the store's server, the store's name with <c>_journal</c> after it, made where it is missing.
/// </summary>
internal static class JournalDatabase
{
    private const string Suffix = "_journal";
    private const string NoSuchDatabase = "3D000";
    private const string NotAllowed = "42501";

    // Another node made it in the same moment.
    private static readonly string[] _madeMeanwhile = ["42P04", "23505"];

    /// <returns>The text to connect by.</returns>
    /// <exception cref="StoreProblemException">It cannot be used until somebody does something.</exception>
    public static string Prepare(string store, string? journal)
    {
        var text = Text(store, journal);
        var where = PostgresConnections.Where(text);
        try
        {
            if (!Exists(text)) Make(store, text, where);
        }
        catch (Exception error) when (error is NpgsqlException or SocketException or TimeoutException)
        {
            throw new StoreProblemException($"The journal, {where}, cannot be used: {error.GetBaseException().Message}", error);
        }
        return text;
    }

    private static string Text(string store, string? journal)
    {
        PostgresConnections.TryRead(journal ?? store, out var connection);
        if (journal is null) connection!.Database = (connection.Database ?? connection.Username ?? Environment.UserName) + Suffix;
        connection!.SearchPath = null;
        connection.ApplicationName = "amble journal";
        // A few rows at a time; a take-over of thousands of domains waits its turn.
        connection.MaxPoolSize = 10;
        return connection.ToString();
    }

    private static bool Exists(string text)
    {
        try
        {
            using var connection = new NpgsqlConnection(text);
            connection.Open();
            return true;
        }
        catch (PostgresException error) when (error.SqlState == NoSuchDatabase)
        {
            return false;
        }
    }

    private static void Make(string store, string text, string where)
    {
        using var connection = new NpgsqlConnection(PostgresConnections.For(store));
        connection.Open();
        var name = new NpgsqlConnectionStringBuilder(text).Database!;
        using var command = new NpgsqlCommand($"CREATE DATABASE \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", connection);
        try
        {
            command.ExecuteNonQuery();
        }
        catch (PostgresException error) when (_madeMeanwhile.Contains(error.SqlState))
        {
            // So it is there.
        }
        catch (PostgresException error) when (error.SqlState == NotAllowed)
        {
            throw new StoreProblemException(
                $"The journal needs {where}, which does not exist, and this user may not make it: CREATE DATABASE {name}, or name another in {Settings.ClusterSetting.Journal.Variable}.", error);
        }
    }
}
