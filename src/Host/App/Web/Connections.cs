using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Amble.App.Settings;
using Amble.Behaviours.Ports;

namespace Amble.App.Web;

/// <summary>
/// Opens the connections of one client: looks the name up, judges every address, connects to one that was judged (so a name that changes
/// its address in between gains nothing), and measures.
/// </summary>
/// <param name="resolve">From a name to its addresses.</param>
/// <param name="localOnly">For jobs without a pace, which would flood anybody else's site.</param>
internal sealed class Connections(WebSettings settings, TimeProvider clock, Func<string, CancellationToken, Task<IPAddress[]>> resolve, bool localOnly)
{
    // One address of several that does not answer must not use up the time of the others.
    private static readonly TimeSpan OneOfSeveral = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, int> _multiplexed = new();
    private readonly ConcurrentDictionary<string, FetchTimeline> _latest = new();
    private readonly IPAddress? _local = settings.LocalAddress is null ? null : IPAddress.Parse(settings.LocalAddress);

    /// <summary>An HTTP/2 connection to this origin is open, so the request leaves as soon as it is sent.</summary>
    /// <exception cref="DepartureRefusedException">It may not leave.</exception>
    public bool Joins(FetchTimeline timeline)
    {
        if (!_multiplexed.TryGetValue(timeline.Origin, out var open) || open <= 0)
            return false;
        timeline.AskToLeave();
        _latest[timeline.Origin] = timeline;
        return true;
    }

    public async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        if (settings.ConnectTo is not null)
            WebSettings.TryEndPoint(settings.ConnectTo, out host, out port);

        var opening = new ConnectionOpening();
        if (context.InitialRequestMessage.Options.TryGetValue(FetchTimeline.Key, out var timeline))
            timeline.Opening = opening;
        // Not even a handshake tells the site of somebody who may not ask.
        timeline?.AskToLeave();

        var begin = clock.GetTimestamp();
        IPAddress[] addresses;
        if (IPAddress.TryParse(host, out var literal))
        {
            addresses = [literal];
        }
        else
        {
            addresses = await resolve(host, stop);
            opening.Dns = clock.GetElapsedTime(begin);
        }

        var resolved = clock.GetTimestamp();
        var socket = await ConnectAsync(host, port, Allowed(host, addresses), stop);
        opening.Connect = clock.GetElapsedTime(resolved);
        opening.ConnectedAt = clock.GetTimestamp();
        return new NetworkStream(socket, ownsSocket: true);
    }

    public ValueTask<Stream> Watch(SocketsHttpPlaintextStreamFilterContext context, CancellationToken stop)
    {
        context.InitialRequestMessage.Options.TryGetValue(FetchTimeline.Key, out var timeline);
        var opening = timeline?.Opening;
        if (timeline is not null)
            timeline.Opening = null;
        if (opening is not null && context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttps)
            opening.Tls = clock.GetElapsedTime(opening.ConnectedAt);
        if (context.NegotiatedHttpVersion < HttpVersion.Version20)
            return new(new WatchedStream(context.PlaintextStream, opening, AskSender, closed: null));

        // HTTP/2 writes on a loop of its own, which no sender's timeline reaches: the request that waited for the connection leaves now, and
        // what its loop writes later is judged by the latest that joined. All requests to an origin are of one owner, who asks or does not.
        timeline?.AskToLeave();
        timeline?.Leave(opening);
        if (timeline is null)
            return new(context.PlaintextStream);
        var origin = timeline.Origin;
        _latest[origin] = timeline;
        _multiplexed.AddOrUpdate(origin, 1, (_, open) => open + 1);
        return new(new WatchedStream(context.PlaintextStream, null, () => AskLatest(origin), closed: () => Closed(origin)));
    }

    private void Closed(string origin)
    {
        if (_multiplexed.AddOrUpdate(origin, 0, (_, open) => open - 1) <= 0)
        {
            _multiplexed.TryRemove(new(origin, 0));
            _latest.TryRemove(origin, out _);
        }
    }

    private static FetchTimeline? AskSender()
    {
        var sender = FetchTimeline.Current.Value;
        sender?.AskToLeave();
        return sender;
    }

    private FetchTimeline? AskLatest(string origin)
    {
        if (_latest.TryGetValue(origin, out var latest))
            latest.AskToLeave();
        return null;
    }

    private List<IPAddress> Allowed(string host, IPAddress[] addresses)
    {
        var allowed = addresses.Where(a => Refusal(host, a) is null).ToList();
        if (addresses.Length > 0 && allowed.Count == 0)
            throw new AddressRefusedException(Refusal(host, addresses[0])!);
        if (_local is not null)
            allowed.RemoveAll(a => a.AddressFamily != _local.AddressFamily);
        return allowed.Count > 0 ? allowed : throw new SocketException((int)SocketError.HostNotFound);
    }

    private string? Refusal(string host, IPAddress address)
    {
        if (!settings.AllowPrivate && AddressRule.Refusal(address) is { } what)
            return $"{host} has the address {address}, which is {what}; such addresses are asked only with --allow-private.";
        return localOnly && !LocalAddresses.Contains(address)
            ? $"{host} has the address {address}, which is neither loopback nor private; without a pace (--unpaced) only such addresses are asked."
            : null;
    }

    private async Task<Socket> ConnectAsync(string host, int port, List<IPAddress> addresses, CancellationToken stop)
    {
        for (var i = 0; ; i++)
        {
            var last = i == addresses.Count - 1;
            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
            try
            {
                if (_local is not null)
                    socket.Bind(new IPEndPoint(_local, 0));
                if (!last)
                    patience.CancelAfter(OneOfSeveral);
                await socket.ConnectAsync(new IPEndPoint(addresses[i], port), patience.Token);
                return socket;
            }
            catch (Exception e) when (!last && !stop.IsCancellationRequested && e is SocketException or OperationCanceledException)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}

/// <summary>The address may not be asked: not the public internet's, or just that for a job without a pace. Nothing was sent.</summary>
internal sealed class AddressRefusedException(string message) : Exception(message);
