using System.Net;
using System.Net.Sockets;

namespace Amble.Processes.Specs.Network;

/// <summary>
/// Listens in the place of a server and passes every connection on, byte by byte, as the link allows on which it comes. Whose link that is
/// may show only in the first bytes that the caller says.
/// </summary>
public sealed class TcpRelay : IAsyncDisposable
{
    // What a caller says first comes in one piece: a handshake is far smaller.
    private const int Piece = 64 << 10;

    private readonly TcpListener _listener;
    private readonly IPEndPoint _server;
    private readonly Func<ReadOnlyMemory<byte>, Link> _linkOf;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _accepting;

    /// <param name="at">Where callers come.</param>
    /// <param name="server">Where they want to.</param>
    /// <param name="linkOf">From a caller's first bytes to its link.</param>
    public TcpRelay(IPEndPoint at, IPEndPoint server, Func<ReadOnlyMemory<byte>, Link> linkOf)
    {
        (_server, _linkOf) = (server, linkOf);
        _listener = new TcpListener(at);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        await _accepting;
        _over.Dispose();
    }

    private async Task AcceptAsync()
    {
        var passed = new List<Task>();
        try
        {
            while (true)
            {
                var caller = await _listener.AcceptSocketAsync(_over.Token);
                passed.RemoveAll(one => one.IsCompleted);
                passed.Add(PassAsync(caller));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(passed);
        }
    }

    private async Task PassAsync(Socket caller)
    {
        using var near = caller;
        using var far = new Socket(_server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        try
        {
            var first = new byte[Piece];
            var count = await near.ReceiveAsync(first, _over.Token);
            if (count == 0) return;
            var link = _linkOf(first.AsMemory(0, count));
            if (!link.WhenWhole.IsCompleted)
            {
                await link.WhenWhole.WaitAsync(_over.Token);
                // Through a cut nobody gets a connection at all: who gave up meanwhile is never heard of, nor what it said in parting.
                if (!TryReadOn(near, first, ref count)) return;
            }
            await far.ConnectAsync(_server, _over.Token);
            await SendAllAsync(far, first.AsMemory(0, count));
            await Task.WhenAll(PumpAsync(near, far, link), PumpAsync(far, near, link));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException)
        {
            // Either end has gone, or the relay: the other end is cut off with it.
        }
    }

    /// <summary>Reads what a caller has said since, as far as there is room; false when it has gone.</summary>
    private static bool TryReadOn(Socket caller, byte[] said, ref int count)
    {
        while (count < said.Length && caller.Poll(0, SelectMode.SelectRead))
        {
            var more = caller.Receive(said.AsSpan(count));
            if (more == 0) return false;
            count += more;
        }
        return true;
    }

    private async Task PumpAsync(Socket from, Socket to, Link link)
    {
        var piece = new byte[Piece];
        try
        {
            int count;
            do
            {
                count = await from.ReceiveAsync(piece, _over.Token);
                await link.WhenWhole.WaitAsync(_over.Token);
                await SendAllAsync(to, piece.AsMemory(0, count));
            }
            while (count > 0);
            to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // A connection that broke is broken for the other end, too, once it can hear of it.
            await link.WhenWhole.WaitAsync(_over.Token);
            to.Close();
            from.Close();
        }
        catch (ObjectDisposedException)
        {
            // The other direction has closed it.
        }
    }

    private async Task SendAllAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty) bytes = bytes[await to.SendAsync(bytes, _over.Token)..];
    }
}
