using System.Net;
using Amble.Behaviours.AccessLog;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.AccessLog;

/// <summary>What is kept of an address never leads back to one client.</summary>
[Trait("Seeds", "A-10+")]
public sealed class KeptClientRuleSpecs
{
    [Theory]
    [InlineData("192.0.2.77", "192.0.2.0/24")]
    [InlineData("::ffff:192.0.2.77", "192.0.2.0/24")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48")]
    [InlineData("::1", "::/48")]
    public void An_address_is_cut_to_its_network(string address, string kept) => Assert.Equal(kept, KeptClientRule.Network(IPAddress.Parse(address)));

    [Fact]
    public void A_hash_tells_clients_apart_under_one_salt_and_says_nothing_under_another()
    {
        var (one, other) = (IPAddress.Parse("192.0.2.1"), IPAddress.Parse("192.0.2.2"));
        byte[] today = [1], tomorrow = [2];
        Assert.Equal(KeptClientRule.Hash(one, today), KeptClientRule.Hash(IPAddress.Parse("::ffff:192.0.2.1"), today));
        Assert.NotEqual(KeptClientRule.Hash(one, today), KeptClientRule.Hash(other, today));
        Assert.NotEqual(KeptClientRule.Hash(one, today), KeptClientRule.Hash(one, tomorrow));
        Assert.Matches("^[0-9a-f]{16}$", KeptClientRule.Hash(one, today));
    }
}
