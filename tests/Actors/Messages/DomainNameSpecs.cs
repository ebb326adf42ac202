using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Messages;

public class DomainNameSpecs
{
    [Theory]
    [InlineData("example.org", "example.org")]
    [InlineData("EXAMPLE.org.", "example.org")]
    [InlineData("example.org:80", "example.org")]
    [InlineData("example.org:443", "example.org")]
    [InlineData("example.org:8080", "example.org:8080")]
    [InlineData("b\u00fccher.example", "xn--bcher-kva.example")]
    [InlineData("[2001:DB8:0::1]:81", "[2001:db8::1]:81")]
    [InlineData("127.1", "127.0.0.1")]
    public void A_domain_has_one_name_however_it_is_written(string written, string name) => Assert.Equal(name, DomainName.TryRead(written, out var domain) ? domain.Value : null);

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a?b")]
    [InlineData("user@example.org")]
    [InlineData("example.org:99999")]
    [InlineData("http://example.org")]
    public void What_is_no_host_is_none(string written) => Assert.False(DomainName.TryRead(written, out _));
}
