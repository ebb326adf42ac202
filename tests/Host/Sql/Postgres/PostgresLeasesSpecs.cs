using Amble.App.Sql.Postgres;
using Amble.Behaviours.Owning;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Sql.Postgres;

/// <summary>
/// Leases and owners on a real server, by its own clock: a spec waits for the server's answer to change and never says how long that takes.
/// </summary>
[Collection(InPostgres.Name), Trait(InPostgres.Needs, InPostgres.Server)]
public sealed class PostgresLeasesSpecs : IDisposable
{
    private static readonly TimeSpan _long = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _short = TimeSpan.FromMilliseconds(300);
    private static readonly DomainName _site = DomainName.Of("a.test", 80);

    private readonly PostgresLeases _one;
    private readonly PostgresLeases _two;

    public PostgresLeasesSpecs(ThrowawayPostgres postgres)
    {
        var connection = postgres.NewConnection();
        ThrowawayPostgres.Open(connection).Dispose();
        (_one, _two) = (PostgresLeases.Open(connection, LeaseSettings.Default), PostgresLeases.Open(connection, LeaseSettings.Default));
    }

    public void Dispose()
    {
        _one.Dispose();
        _two.Dispose();
    }

    [Fact, Trait("Seeds", "S-5")]
    public void Of_two_that_claim_one_domain_at_once_exactly_one_is_granted()
    {
        var (a, b) = (_one.Take("a", _long, null), _two.Take("b", _long, null));
        for (var n = 0; n < 50; n++)
        {
            var domain = DomainName.Of($"site-{n}.test", 80);
            Claim?[] claims = [null, null];
            Parallel.Invoke(() => claims[0] = _one.Claim(new Hold(domain, a, n)), () => claims[1] = _two.Claim(new Hold(domain, b, n)));
            Assert.Single(claims.OfType<Claim.Granted>());
            Assert.Single(claims.OfType<Claim.Wait>());
        }
    }

    [Fact, Trait("Seeds", "S-5")]
    public void Of_two_that_claim_from_a_dead_node_at_once_exactly_one_is_granted_and_knows_that_it_moved()
    {
        var dead = _one.Take("dead", _long, null);
        for (var n = 0; n < 50; n++) Granted(_one.Claim(new Hold(DomainName.Of($"site-{n}.test", 80), dead, n)));
        _one.End(dead);
        var (a, b) = (_one.Take("a", _long, null), _two.Take("b", _long, null));
        for (var n = 0; n < 50; n++)
        {
            var domain = DomainName.Of($"site-{n}.test", 80);
            Claim?[] claims = [null, null];
            Parallel.Invoke(() => claims[0] = _one.Claim(new Hold(domain, a, n)), () => claims[1] = _two.Claim(new Hold(domain, b, n)));
            Assert.True(Assert.Single(claims.OfType<Claim.Granted>()).Moved);
        }
    }

    [Fact, Trait("Seeds", "S-5")]
    public void A_lease_that_is_not_renewed_runs_out_and_is_never_renewed_again()
    {
        var (frozen, other) = (_one.Take("frozen", _short, null), _two.Take("other", _long, null));
        Granted(_one.Claim(new Hold(_site, frozen, 1)));

        var granted = UntilGranted(_two, new Hold(_site, other, 1));

        Assert.True(granted.Moved);
        Assert.False(_one.Renew(frozen, _long));
        Assert.Null(_one.Claim(new Hold(_site, frozen, 2)));
        Assert.True(_two.Renew(other, _long));
    }

    [Fact, Trait("Seeds", "S-6")]
    public void Members_are_the_others_whose_lease_lasts()
    {
        Assert.Empty(_one.ReadMembers(except: "a"));
        var (a, _, left) = (_one.Take("a", _long, null), _two.Take("b", _long, null), _two.Take("left", _long, null));
        _two.Take("b", _long, null);
        _two.End(left);
        Assert.Equal(["b"], _one.ReadMembers(except: "a"));
        Assert.Equal(["a", "b"], _one.ReadMembers(except: "c"));
        Assert.True(_one.Renew(a, _long));
    }

    [Fact]
    public void A_claim_waits_for_the_owners_lease_and_says_whose_it_is()
    {
        var (a, b) = (_one.Take("a", _long, null), _two.Take("b", _long, null));
        Granted(_one.Claim(new Hold(_site, a, 1)));

        var wait = Assert.IsType<Claim.Wait>(_two.Claim(new Hold(_site, b, 1)));

        Assert.Contains(" a,", wait.Reason, StringComparison.Ordinal);
        Assert.InRange(wait.For, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_domain_that_was_given_back_is_granted_at_once()
    {
        var (a, b) = (_one.Take("a", _long, null), _two.Take("b", _long, null));
        var hold = Granted(_one.Claim(new Hold(_site, a, 1))).Hold;
        _one.Release(hold);

        Assert.True(Granted(_two.Claim(new Hold(_site, b, 1))).Moved);
    }

    [Fact]
    public void A_claim_that_came_later_is_not_given_back_with_an_older_one()
    {
        var (a, b) = (_one.Take("a", _long, null), _two.Take("b", _long, null));
        var older = Granted(_one.Claim(new Hold(_site, a, 1))).Hold;
        Assert.False(Granted(_one.Claim(new Hold(_site, a, 2))).Moved);
        _one.Release(older);

        Assert.IsType<Claim.Wait>(_two.Claim(new Hold(_site, b, 1)));
    }

    [Fact]
    public void Who_takes_another_lease_gives_back_all_that_it_owned_under_the_one_before()
    {
        var (a, b) = (_one.Take("a", _long, null), _two.Take("b", _long, null));
        Granted(_one.Claim(new Hold(_site, a, 1)));
        var next = _one.Take("a", _long, former: a);

        Assert.True(next > b);
        Assert.False(_one.Renew(a, _long));
        Assert.True(Granted(_two.Claim(new Hold(_site, b, 1))).Moved);
    }

    private static Claim.Granted Granted(Claim? claim) => Assert.IsType<Claim.Granted>(claim);

    private static Claim.Granted UntilGranted(PostgresLeases leases, Hold wanted)
    {
        while (true)
        {
            if (leases.Claim(wanted) is Claim.Granted granted) return granted;
        }
    }
}
