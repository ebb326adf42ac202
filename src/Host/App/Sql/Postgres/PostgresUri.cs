using Npgsql;

namespace Amble.App.Sql.Postgres;

/// <summary>
/// A database named by a URI (PostgreSQL manual, 34.1.1.2): <c>postgresql://user:password@host:port/database?sslmode=require</c>. Of its
/// parameters those are taken that mean the same here.
/// </summary>
internal static class PostgresUri
{
    private static readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal)
    {
        ["host"] = "Host",
        ["port"] = "Port",
        ["dbname"] = "Database",
        ["user"] = "Username",
        ["password"] = "Password",
        ["sslmode"] = "SSL Mode",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslrootcert"] = "Root Certificate",
        ["connect_timeout"] = "Timeout",
        ["application_name"] = "Application Name",
        ["options"] = "Options",
        ["passfile"] = "Passfile",
        ["search_path"] = "Search Path",
    };

    public static bool IsOne(string text) =>
        text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="FormatException">It is none, or has a parameter that is not known here.</exception>
    public static NpgsqlConnectionStringBuilder Read(string text)
    {
        var uri = new Uri(text);
        var connection = new NpgsqlConnectionStringBuilder();
        if (uri.Host.Length > 0) connection.Host = uri.Host.Trim('[', ']');
        if (uri.Port > 0) connection.Port = uri.Port;
        if (uri.UserInfo.Split(':', 2) is [{ Length: > 0 } user, ..] parts)
        {
            connection.Username = Uri.UnescapeDataString(user);
            if (parts.Length == 2) connection.Password = Uri.UnescapeDataString(parts[1]);
        }
        if (uri.AbsolutePath.Trim('/') is { Length: > 0 } database) connection.Database = Uri.UnescapeDataString(database);
        foreach (var parameter in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = parameter.Split('=', 2) is [var left, var right] ? (left, Uri.UnescapeDataString(right)) : (parameter, "");
            if (!_keys.TryGetValue(name, out var key)) throw new FormatException($"'{name}' is no parameter that is known here.");
            connection[key] = key == "SSL Mode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }
        return connection;
    }
}
