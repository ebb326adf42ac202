using Amble.App.Sql;

namespace Amble.Host.Specs.Sql;

/// <summary>The contract on a database file.</summary>
public sealed class SqliteFileStoreSpecs : StoreContract
{
    private readonly TemporaryDirectory _directory = new();

    protected override StoreFixture OpenStore() => StoreFixture.Of(SqliteStore.Open(_directory.Path, StoreFixture.Unpack));

    protected override IStore OpenKeeping(StoreKeeping keeping) => SqliteStore.Open(_directory.Path, StoreFixture.Unpack, null, keeping);

    public override void Dispose()
    {
        base.Dispose();
        _directory.Dispose();
    }
}

/// <summary>The contract on a database in memory, as simulations use it.</summary>
public sealed class SqliteMemoryStoreSpecs : StoreContract
{
    protected override StoreFixture OpenStore() => StoreFixture.Of(SqliteStore.OpenInMemory(Guid.NewGuid().ToString("N"), StoreFixture.Unpack));

    protected override IStore OpenKeeping(StoreKeeping keeping) => SqliteStore.OpenInMemory(Guid.NewGuid().ToString("N"), StoreFixture.Unpack, null, keeping);
}
