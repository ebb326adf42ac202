using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Amble.Host.Specs.Web;

/// <summary>A server on loopback that answers each request with whatever bytes a test wants, also with none.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly Func<string, Stream, CancellationToken, Task> _answer;

    /// <param name="answer">Gets the request's head; the connection closes when it throws, else serves the next request.</param>
    public RawServer(Func<string, Stream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public RawServer(string head, byte[]? body = null)
        : this((_, stream, stop) => SayAsync(stream, head, body ?? [], stop))
    {
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public List<string> Heads { get; } = [];

    public List<IPEndPoint> Callers { get; } = [];

    /// <param name="head">Status line and fields without Content-Length.</param>
    public static async Task SayAsync(Stream stream, string head, byte[] body, CancellationToken stop)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"{head.Trim()}\r\nContent-Length: {body.Length}\r\n\r\n"), stop);
        await stream.WriteAsync(body, stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // Stopped first, the listener would refuse an accept that was about to begin.
        await _accepting;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                lock (Callers)
                    Callers.Add((IPEndPoint)client.Client.RemoteEndPoint!);
                serving.Add(ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                while (await ReadHeadAsync(stream) is { } head)
                {
                    lock (Heads)
                        Heads.Add(head);
                    await _answer(head, stream, _stop.Token);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // The test, or the client under test, has had enough.
            }
        }
    }

    private async Task<string?> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
                return null;
            head.Append((char)one[0]);
        }
        return head.ToString();
    }
}
