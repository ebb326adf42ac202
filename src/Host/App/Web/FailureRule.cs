using System.Net.Sockets;
using System.Security.Authentication;
using Amble.Messages;

namespace Amble.App.Web;

// Why there was no whole answer, from what the client threw. The most telling cause lies innermost, so causes are read from the inside out:
// an address that was refused, a socket's own error, a handshake; only then the client's word for what went wrong. But what was called off
// was called off by our own clock (a stop is never read here), and what its closing then did to the connection says nothing.

/// <summary>The one place where exceptions of the HTTP client become outcomes.</summary>
internal static class FailureRule
{
    /// <summary>What the client is known to throw when the other side, or the way there, is the cause. Anything else is a fault of ours.</summary>
    public static bool IsExpected(Exception e) =>
        e is HttpRequestException or IOException or InvalidDataException or OperationCanceledException or SocketException or AuthenticationException;

    public static (FetchFailure Failure, string Detail) Read(Exception thrown, string host)
    {
        if (thrown is OperationCanceledException)
            return Late(host);
        var causes = new List<Exception>();
        for (var e = thrown; e is not null; e = e.InnerException)
            causes.Insert(0, e);
        foreach (var cause in causes)
        {
            if (Of(cause, host) is { } known)
                return known;
        }
        return (FetchFailure.ConnectionCut, $"The connection to {host} broke: {Sentence(thrown.Message)}");
    }

    private static (FetchFailure, string)? Of(Exception e, string host) => e switch
    {
        AddressRefusedException refused => (FetchFailure.AddressNotAllowed, refused.Message),
        SocketException socket => OfSocket(socket.SocketErrorCode, host),
        AuthenticationException tls => (FetchFailure.Tls, $"TLS with {host} failed: {Sentence(tls.Message)}"),
        TimeoutException or OperationCanceledException => Late(host),
        InvalidDataException broken => (FetchFailure.BadAnswer, $"The encoding of the answer is broken: {Sentence(broken.Message)}"),
        HttpRequestException http => OfClient(http.HttpRequestError, http.Message, host),
        HttpIOException http => OfClient(http.HttpRequestError, http.Message, host),
        _ => null,
    };

    private static (FetchFailure, string) Late(string host) => (FetchFailure.Timeout, $"{host} did not answer in time.");

    private static (FetchFailure, string)? OfSocket(SocketError error, string host) => error switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.NoRecovery => (FetchFailure.NoSuchHost, $"There is no host named {host}."),
        SocketError.TryAgain => (FetchFailure.Timeout, $"The name {host} could not be looked up just now."),
        SocketError.TimedOut => Late(host),
        SocketError.ConnectionRefused => (FetchFailure.ConnectionRefused, $"{host} refused the connection."),
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown or SocketError.AddressNotAvailable
            or SocketError.AddressFamilyNotSupported => (FetchFailure.ConnectionRefused, $"{host} cannot be reached from here."),
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => (FetchFailure.ConnectionCut, $"{host} cut the connection."),
        _ => null,
    };

    private static (FetchFailure, string)? OfClient(HttpRequestError error, string message, string host) => error switch
    {
        HttpRequestError.NameResolutionError => (FetchFailure.NoSuchHost, $"There is no host named {host}."),
        HttpRequestError.SecureConnectionError => (FetchFailure.Tls, $"TLS with {host} failed: {Sentence(message)}"),
        HttpRequestError.ConfigurationLimitExceeded => (FetchFailure.TooLarge, "The headers of the answer are longer than the cap."),
        HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.VersionNegotiationError =>
            (FetchFailure.BadAnswer, $"What {host} sent is not HTTP: {Sentence(message)}"),
        HttpRequestError.ResponseEnded => (FetchFailure.ConnectionCut, $"{host} cut the connection before the answer was whole."),
        _ => null,
    };

    private static string Sentence(string message)
    {
        var line = message.ReplaceLineEndings(" ").Trim();
        return line.Length <= 300 ? line : string.Concat(line.AsSpan(0, 299), "…");
    }
}
