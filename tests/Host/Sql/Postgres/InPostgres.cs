using Amble.App.Sql;
using Amble.App.Sql.Postgres;
using Xunit;

namespace Amble.Host.Specs.Sql.Postgres;

/// <summary>The one server of a run; each test has a schema of its own in it.</summary>
public sealed class ThrowawayPostgres : IAsyncLifetime
{
    private PostgresServer? _server;
    private int _schemas;

    public async Task InitializeAsync() => _server = await PostgresServer.StartAsync(isDurable: false);

    public async Task DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    /// <summary>Names a schema that nobody has used.</summary>
    public string NewConnection() => $"{_server!.Connection};Search Path=test_{Interlocked.Increment(ref _schemas)}";

    public static PostgresStore Open(string connection) => PostgresStore.Open(connection, StoreFixture.Unpack, null, "a spec");

    /// <summary>A store in the schema of all specs that need nothing but an empty one: emptying it is quicker than making one.</summary>
    public PostgresStore OpenEmpty(StoreKeeping? keeping = null)
    {
        var connection = $"{_server!.Connection};Search Path=emptied";
        using (var database = new PostgresDatabase(PostgresConnections.For(connection)))
        {
            database.Execute(
                """
                DO $$ BEGIN EXECUTE (SELECT coalesce('TRUNCATE ' || string_agg(quote_ident(tablename), ', ') || ' RESTART IDENTITY', 'SELECT 1')
                FROM pg_tables WHERE schemaname = 'emptied' AND tablename NOT IN ('schema_files', 'writer')); END $$
                """);
        }
        return PostgresStore.Open(connection, StoreFixture.Unpack, null, "a spec", keeping);
    }
}

/// <summary>Specs that need PostgreSQL share the server, one after the other, and are left out where there is none.</summary>
[CollectionDefinition(Name)]
public sealed class InPostgres : ICollectionFixture<ThrowawayPostgres>
{
    public const string Name = "in PostgreSQL";
    public const string Needs = "Needs";
    public const string Server = "PostgreSQL";
}
