using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Amble.App.Http;
using Amble.Behaviours.Inspection;
using Amble.Behaviours.Ports;

namespace Amble.App.Inspecting;

/// <summary>
/// Answers inspection commands on a local socket that only this user can open: one connection, one line of JSON that asks, one JSON
/// document that answers. Beside `serve` also `crawl` listens here, which has no web server, and waits for none to start.
/// </summary>
public sealed class InspectionSocket : IAsyncDisposable
{
    private const int LongestQuestion = 16 << 10;

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    private readonly Socket _listening;
    private readonly INode _node;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    private InspectionSocket(Socket listening, INode node)
    {
        (_listening, _node) = (listening, node);
        _serving = ServeAsync();
    }

    /// <summary>Null where the system gives no such socket: then nobody can look in from beside, and all else goes on.</summary>
    public static InspectionSocket? Listen(string path, INode node)
    {
        try
        {
            var socket = LocalSocket.Bind(new UnixDomainSocketEndPoint(path));
            socket.Listen();
            return new InspectionSocket(socket, node);
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Asks whoever listens at the path.</summary>
    /// <exception cref="SocketException">Nobody does.</exception>
    /// <exception cref="IOException">It ended before it had answered.</exception>
    public static async Task<InspectionAnswer> AskAsync(string path, InspectionQuestion question, CancellationToken stop)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), stop);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(question, _json) + "\n"), stop);
        try
        {
            return await JsonSerializer.DeserializeAsync<InspectionAnswer>(stream, _json, stop) ?? throw new IOException("It answered nothing.");
        }
        catch (JsonException)
        {
            throw new IOException("It ended before it had answered.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listening.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                // One after the other: operators are few, and each question ends within its deadline.
                using var asking = await _listening.AcceptAsync(_stop.Token);
                await AnswerAsync(asking);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It is the end.
        }
    }

    private async Task AnswerAsync(Socket asking)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        deadline.CancelAfter(2 * IInspection.Deadline);
        try
        {
            await using var stream = new NetworkStream(asking);
            if (await ReadAsync(stream, deadline.Token) is not { } question || InspectionCommands.Find(question.Command) is not { } command || command.Allowed(question.Argument) is not null) return;
            var answer = await TellAsync(command, question.Argument, deadline.Token);
            await JsonSerializer.SerializeAsync(stream, answer, _json, deadline.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or JsonException)
        {
            // Whoever asked hears that there is no answer.
        }
    }

    private async Task<InspectionAnswer> TellAsync(InspectionCommand command, string? argument, CancellationToken stop)
    {
        try
        {
            return await command.Answer(_node.Look(), argument ?? "", stop);
        }
        catch (StoreUnavailableException trouble)
        {
            return new InspectionAnswer(command.Name, argument, [$"The store does not answer: {trouble.Message}"], []);
        }
    }

    private static async Task<InspectionQuestion?> ReadAsync(NetworkStream stream, CancellationToken stop)
    {
        var bytes = new byte[LongestQuestion];
        var length = 0;
        while (length < bytes.Length && await stream.ReadAsync(bytes.AsMemory(length), stop) is > 0 and var read)
        {
            length += read;
            if (bytes[length - 1] == '\n') return JsonSerializer.Deserialize<InspectionQuestion>(bytes.AsSpan(0, length), _json);
        }
        return null;
    }
}

/// <summary>A command as it is asked from beside.</summary>
public sealed record InspectionQuestion(string Command, string? Argument);
