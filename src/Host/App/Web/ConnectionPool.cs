using System.Net;
using System.Text;

namespace Amble.App.Web;

/// <summary>One client with the connections that it keeps: HTTP/1.1 and 2, no cookies, no proxy, no redirect followed, nothing decompressed.</summary>
internal sealed class ConnectionPool(WebSettings settings, Connections connections) : IDisposable
{
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = settings.ConnectTimeout,
        ConnectCallback = connections.OpenAsync,
        PlaintextStreamFilter = connections.Watch,
        MaxResponseHeadersLength = (settings.HeaderCap + 1023) / 1024,
        // A body that was left alone is not worth reading to save its connection: what is worth it was read already.
        MaxResponseDrainSize = 0,
        EnableMultipleHttp2Connections = true,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        // Names move: a connection that lives for ever would never notice.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        // Servers that send a raw Location send it in UTF-8.
        ResponseHeaderEncodingSelector = (name, _) => name.Equals("Location", StringComparison.OrdinalIgnoreCase) ? Encoding.UTF8 : Encoding.Latin1,
    });

    /// <summary>An HTTP/2 connection to this origin is open, so the request leaves as soon as it is sent.</summary>
    /// <exception cref="DepartureRefusedException">It may not leave.</exception>
    public bool Joins(FetchTimeline timeline) => connections.Joins(timeline);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken stop) => _client.SendAsync(message, stop);

    public void Dispose() => _client.Dispose();
}
