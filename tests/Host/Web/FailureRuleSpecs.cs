using System.Net.Sockets;
using System.Security.Authentication;
using Amble.App.Web;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Web;

[Trait("Seeds", "P-7")]
public class FailureRuleSpecs
{
    [Theory]
    [InlineData(SocketError.HostNotFound, FetchFailure.NoSuchHost)]
    [InlineData(SocketError.NoData, FetchFailure.NoSuchHost)]
    [InlineData(SocketError.TryAgain, FetchFailure.Timeout)]
    [InlineData(SocketError.TimedOut, FetchFailure.Timeout)]
    [InlineData(SocketError.ConnectionRefused, FetchFailure.ConnectionRefused)]
    [InlineData(SocketError.HostUnreachable, FetchFailure.ConnectionRefused)]
    [InlineData(SocketError.ConnectionReset, FetchFailure.ConnectionCut)]
    [InlineData(SocketError.AccessDenied, FetchFailure.ConnectionCut)]
    public void The_innermost_cause_tells_most(SocketError error, FetchFailure failure) => Assert.Equal(
        failure,
        FailureRule.Read(new HttpRequestException(HttpRequestError.ConnectionError, "x", new IOException("y", new SocketException((int)error))), "h").Failure);

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, FetchFailure.NoSuchHost)]
    [InlineData(HttpRequestError.SecureConnectionError, FetchFailure.Tls)]
    [InlineData(HttpRequestError.ConfigurationLimitExceeded, FetchFailure.TooLarge)]
    [InlineData(HttpRequestError.InvalidResponse, FetchFailure.BadAnswer)]
    [InlineData(HttpRequestError.HttpProtocolError, FetchFailure.BadAnswer)]
    [InlineData(HttpRequestError.ResponseEnded, FetchFailure.ConnectionCut)]
    [InlineData(HttpRequestError.Unknown, FetchFailure.ConnectionCut)]
    public void Without_one_the_clients_word_is_taken(HttpRequestError error, FetchFailure failure)
    {
        Assert.Equal(failure, FailureRule.Read(new HttpRequestException(error, "x"), "h").Failure);
        Assert.Equal(failure, FailureRule.Read(new HttpIOException(error, "x"), "h").Failure);
    }

    [Fact]
    public void A_timeout_a_handshake_and_a_refused_address_are_told_apart()
    {
        Assert.Equal((FetchFailure.Timeout, "h did not answer in time."), FailureRule.Read(new TaskCanceledException("x", new TimeoutException()), "h"));
        Assert.Equal((FetchFailure.Tls, "TLS with h failed: untrusted"), FailureRule.Read(new HttpRequestException("x", new AuthenticationException("untrusted")), "h"));
        Assert.Equal((FetchFailure.AddressNotAllowed, "why"), FailureRule.Read(new HttpRequestException("x", new AddressRefusedException("why")), "h"));
    }

    [Theory]
    [InlineData(HttpRequestError.ResponseEnded)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    public void What_our_own_deadline_did_to_the_connection_is_no_fault_of_the_site(HttpRequestError error) =>
        Assert.Equal(FetchFailure.Timeout, FailureRule.Read(new TaskCanceledException("x", new HttpRequestException(error, "y", new HttpIOException(error, "z"))), "h").Failure);

    [Fact]
    public void A_fault_of_ours_is_not_expected()
    {
        Assert.False(FailureRule.IsExpected(new NullReferenceException()));
        Assert.False(FailureRule.IsExpected(new InvalidOperationException()));
        Assert.True(FailureRule.IsExpected(new HttpIOException(HttpRequestError.ResponseEnded)));
    }
}
