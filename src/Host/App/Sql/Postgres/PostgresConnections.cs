using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Amble.App.Sql.Postgres;

/// <summary>
/// How a database is named: by keys and values as in <c>Host=db;Username=amble;Database=amble</c>, or by a URI as in
/// <c>postgresql://amble@db/amble</c> (PostgreSQL manual, 34.1.1.2). All tables are in one schema, <c>amble</c> unless <c>Search Path</c> names
/// another. Times are bounded, so that a server that has died without a word is noticed.
/// </summary>
public static class PostgresConnections
{
    /// <summary>What is allowed, fit for a problem.</summary>
    public const string Allowed = "keys and values such as Host=db;Username=amble;Password=…;Database=amble, or postgresql://amble:…@db/amble";

    private const string UsualSchema = "amble";

    /// <summary>Whether it names a database; whether there is one is not tried.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out NpgsqlConnectionStringBuilder? connection)
    {
        connection = null;
        try
        {
            connection = PostgresUri.IsOne(text) ? PostgresUri.Read(text) : new NpgsqlConnectionStringBuilder(text);
            if (string.IsNullOrWhiteSpace(connection.Host)) connection = null;
        }
        catch (Exception error) when (error is ArgumentException or FormatException or UriFormatException or NotSupportedException or KeyNotFoundException)
        {
            connection = null;
        }
        return connection is not null;
    }

    /// <summary>As Amble connects. Each connection is one of ours for good: none is taken from a pool.</summary>
    /// <param name="text">Allowed by <see cref="TryRead"/>.</param>
    public static string For(string text)
    {
        var connection = Read(text);
        connection.Pooling = false;
        connection.MaxAutoPrepare = 300;
        connection.AutoPrepareMinUsages = 2;
        if (!connection.ContainsKey("Timeout")) connection.Timeout = 5;
        if (!connection.ContainsKey("Command Timeout")) connection.CommandTimeout = 15;
        if (!connection.ContainsKey("Tcp Keepalive"))
        {
            connection.TcpKeepAlive = true;
            connection.TcpKeepAliveTime = 5;
            connection.TcpKeepAliveInterval = 2;
        }
        connection.ApplicationName ??= "amble";
        connection.SearchPath ??= UsualSchema;
        return connection.ToString();
    }

    /// <summary>The database's name for people: server, port and database, no user and no password.</summary>
    public static string Where(string text)
    {
        var connection = Read(text);
        return $"PostgreSQL database {connection.Database ?? connection.Username ?? "(default)"} on {connection.Host}:{connection.Port}";
    }

    /// <summary>A name for a directory of this database's own: the same for every text that names the same database and schema.</summary>
    public static string Folder(string text)
    {
        var connection = Read(text);
        var names = $"{connection.Host}\n{connection.Port}\n{connection.Database ?? connection.Username}\n{connection.SearchPath ?? UsualSchema}";
        return "postgres-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(names)).AsSpan(0, 6));
    }

    /// <summary>What opens connections. Only types that every server has are used; asking for the others would make each opening slower.</summary>
    internal static NpgsqlDataSource Source(string connectionString) =>
        new NpgsqlDataSourceBuilder(connectionString).ConfigureTypeLoading(types => types.EnableTypeLoading(false)).Build();

    /// <summary>The same text without its password.</summary>
    public static string Masked(string text)
    {
        var connection = Read(text);
        foreach (var secret in (string[])["Password", "SSL Password", "Passfile"])
            if (connection.ContainsKey(secret)) connection[secret] = "***";
        return connection.ToString();
    }

    /// <summary>The schema that has our tables.</summary>
    internal static string Schema(string connectionString) =>
        (new NpgsqlConnectionStringBuilder(connectionString).SearchPath ?? UsualSchema).Split(',')[0].Trim().Trim('"');

    private static NpgsqlConnectionStringBuilder Read(string text) =>
        TryRead(text, out var connection) ? connection : throw new ArgumentException($"The text names no PostgreSQL database; allowed is {Allowed}.", nameof(text));
}
