using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amble.App.Export;
using Amble.App.Http;
using Amble.App.Settings;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Cli;

/// <summary>The jobs of a running <c>serve</c>, by its HTTP API over the local socket that the data directory's lock names.</summary>
public sealed class RemoteDesk : IDesk
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly HttpClient _http;
    private readonly LockHolder _holder;

    public RemoteDesk(LockHolder holder)
    {
        _holder = holder;
        var socket = holder.Socket ?? throw new ArgumentException("A holder without a socket cannot be asked.", nameof(holder));
        _http = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, stop) => ConnectAsync(socket, stop), UseProxy = false })
        {
            // The name is never looked up: every connection goes to the socket.
            BaseAddress = new Uri("http://localhost/"),
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    public string? Trouble => null;

    public async Task<TakenJob> TakeUpAsync(NewJob job, CancellationToken stop)
    {
        var asked = new JobRequest(
            job.Start.Text, job.Limits.MaxPages, job.Limits.MaxDepth, job.Limits.Include, job.Limits.Exclude, job.Concurrency, Resume: true, job.Warm);
        using var answer = await SendAsync(HttpMethod.Post, "api/jobs", asked, stop);
        await ThrowUnlessAsync(answer, answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.OK, stop);
        var summary = await ReadBodyAsync<JobSummary>(answer, stop);
        return new TakenJob(new JobId(summary.Job), answer.StatusCode == HttpStatusCode.OK);
    }

    public Task<JobSummary?> ReadAsync(JobId job, CancellationToken stop) => GetAsync<JobSummary>($"api/jobs/{job}", stop);

    public async Task<JobFindings> ReadFindingsAsync(JobId job, int limit, CancellationToken stop) =>
        await GetAsync<JobFindings>($"api/jobs/{job}/findings?limit={limit}", stop) ?? throw new DeskException($"Job {job} is no longer there.");

    public Task<PolitenessAnswer?> ReadPolitenessAsync(JobId job, CancellationToken stop) => GetAsync<PolitenessAnswer>($"api/jobs/{job}/politeness", stop);

    public IExportSource Exports => new RemoteExportSource(this);

    public async Task<bool> CancelAsync(JobId job, CancellationToken stop)
    {
        using var answer = await SendAsync(HttpMethod.Delete, $"api/jobs/{job}", null, stop);
        await ThrowUnlessAsync(answer, answer.IsSuccessStatusCode || answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict, stop);
        return answer.IsSuccessStatusCode;
    }

    public async Task<long?> RetryAsync(JobId job, CancellationToken stop)
    {
        using var answer = await SendAsync(HttpMethod.Post, $"api/jobs/{job}/retry", null, stop);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        await ThrowUnlessAsync(answer, answer.IsSuccessStatusCode, stop);
        return (await ReadBodyAsync<RetryAnswer>(answer, stop)).Opened;
    }

    public async Task<PurgeAnswer> PurgeAsync(CancellationToken stop)
    {
        // A large purge goes slowly, so that nothing else waits for it.
        using var patient = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, end) => ConnectAsync(_holder.Socket!, end), UseProxy = false })
        {
            BaseAddress = _http.BaseAddress,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        using var answer = await SendAsync(patient, HttpMethod.Post, PurgeRoutes.Path[1..], null, stop);
        await ThrowUnlessAsync(answer, answer.IsSuccessStatusCode, stop);
        return await ReadBodyAsync<PurgeAnswer>(answer, stop);
    }

    public async Task<CardProgress?> DrawCardsAsync(CardRound round, Action<CardProgress> tell, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, CardRequest.Address(round));
        using var answer = await SendAsync(_http, request, HttpCompletionOption.ResponseHeadersRead, stop);
        if (answer.StatusCode == HttpStatusCode.NotImplemented)
        {
            return null;
        }
        await ThrowUnlessAsync(answer, answer.IsSuccessStatusCode, stop);
        var last = default(CardProgress);
        try
        {
            using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(stop));
            while (await lines.ReadLineAsync(stop) is { } line)
            {
                last = JsonSerializer.Deserialize<CardProgress>(line, Json);
                tell(last);
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException or JsonException)
        {
            throw new DeskException($"`amble {_holder.Command}` (process {_holder.Pid}) stopped telling how far it is: {e.GetBaseException().Message}", e);
        }
        return last;
    }

    public Task<string> LeaveAsync(IReadOnlyList<JobId> jobs, string resume) => Task.FromResult(
        $"The crawl goes on in `amble {_holder.Command}` (process {_holder.Pid}); to end it: {string.Join(" && ", jobs.Select(job => $"amble cancel {job}"))}");

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Null when it is not there.</summary>
    /// <exception cref="DeskException">The running serve did not answer as expected.</exception>
    internal async Task<T?> GetAsync<T>(string path, CancellationToken stop) where T : class
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null, stop);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        await ThrowUnlessAsync(answer, answer.IsSuccessStatusCode, stop);
        return await ReadBodyAsync<T>(answer, stop);
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, CancellationToken stop) => SendAsync(_http, method, path, body, stop);

    private async Task<HttpResponseMessage> SendAsync(HttpClient http, HttpMethod method, string path, object? body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: Json) };
        return await SendAsync(http, request, HttpCompletionOption.ResponseContentRead, stop);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpClient http, HttpRequestMessage request, HttpCompletionOption until, CancellationToken stop)
    {
        try
        {
            return await http.SendAsync(request, until, stop);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            throw new DeskException($"`amble {_holder.Command}` (process {_holder.Pid}) has the data directory but does not answer on {_holder.Socket}; it may have just ended: try again.", e);
        }
    }

    private static async Task<T> ReadBodyAsync<T>(HttpResponseMessage answer, CancellationToken stop) =>
        await answer.Content.ReadFromJsonAsync<T>(Json, stop) ?? throw new DeskException("The running serve answered nothing; is it of another version?");

    private static async Task ThrowUnlessAsync(HttpResponseMessage answer, bool expected, CancellationToken stop)
    {
        if (expected)
        {
            return;
        }
        var text = await answer.Content.ReadAsStringAsync(stop);
        throw new DeskException(ProblemText(text) ?? $"The running serve answered {(int)answer.StatusCode}; is it of another version?");
    }

    private static string? ProblemText(string body)
    {
        try
        {
            return JsonNode.Parse(body)?["detail"]?.GetValue<string>();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken stop)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }
}
