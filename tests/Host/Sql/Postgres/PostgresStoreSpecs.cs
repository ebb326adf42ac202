using Amble.App.Sql;
using Xunit;

namespace Amble.Host.Specs.Sql.Postgres;

/// <summary>The contract on PostgreSQL.</summary>
[Collection(InPostgres.Name), Trait(InPostgres.Needs, InPostgres.Server)]
public sealed class PostgresStoreSpecs(ThrowawayPostgres postgres) : StoreContract
{
    protected override StoreFixture OpenStore() => StoreFixture.Of(postgres.OpenEmpty());

    protected override IStore OpenKeeping(StoreKeeping keeping) => postgres.OpenEmpty(keeping);
}
