using Amble.App.Sql.Postgres;
using Amble.Behaviours.Owning;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Sql.Postgres;

/// <summary>A server that is gone and comes back, with a server of its own.</summary>
[Collection(InPostgres.Name), Trait(InPostgres.Needs, InPostgres.Server)]
public sealed class LeaseTroubleSpecs
{
    [Fact, Trait("Seeds", "S-5")]
    public async Task While_the_server_is_gone_nothing_is_granted_and_when_it_is_back_what_was_owned_is_still_owned()
    {
        await using var server = await PostgresServer.StartAsync(isDurable: true);
        ThrowawayPostgres.Open(server.Connection).Dispose();
        using var leases = PostgresLeases.Open(server.Connection, LeaseSettings.Default);
        var domain = DomainName.Of("a.test", 80);
        var (mine, other) = (leases.Take("mine", TimeSpan.FromMinutes(5), null), leases.Take("other", TimeSpan.FromMinutes(5), null));
        Assert.IsType<Claim.Granted>(leases.Claim(new Hold(domain, mine, 1)));

        server.Kill();
        Assert.Throws<StoreUnavailableException>(() => leases.Renew(mine, TimeSpan.FromMinutes(5)));
        Assert.Throws<StoreUnavailableException>(() => leases.Claim(new Hold(domain, other, 1)));
        Assert.Throws<StoreUnavailableException>(() => leases.Take("third", TimeSpan.FromMinutes(5), null));

        await server.StartAsync();
        Assert.True(leases.Renew(mine, TimeSpan.FromMinutes(5)));
        Assert.IsType<Claim.Wait>(leases.Claim(new Hold(domain, other, 1)));
        Assert.True(leases.Take("third", TimeSpan.FromMinutes(5), null) > other);
    }
}
