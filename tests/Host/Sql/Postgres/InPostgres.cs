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

    public PostgresStore Open(string? connection = null) => PostgresStore.Open(connection ?? NewConnection(), StoreFixture.Unpack, null, "a spec");
}

/// <summary>Specs that need PostgreSQL share the server, one after the other, and are left out where there is none.</summary>
[CollectionDefinition(Name)]
public sealed class InPostgres : ICollectionFixture<ThrowawayPostgres>
{
    public const string Name = "in PostgreSQL";
    public const string Needs = "Needs";
    public const string Server = "PostgreSQL";
}
