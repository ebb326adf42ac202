namespace Amble.Processes.Specs.Cluster;

/// <summary>
/// Reads pages again and again, as people behind a load balancer do: each at one node and, where that does not answer or answers that it
/// cannot, at the next. A page has failed when no node gave it within a few rounds.
/// </summary>
public sealed class RetryingReader : IAsyncDisposable
{
    private const int Rounds = 3;

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly CancellationTokenSource _over = new();
    private readonly Task _reading;

    /// <param name="doors">Base addresses.</param>
    /// <param name="paths">Read in turn.</param>
    public RetryingReader(IReadOnlyList<Uri> doors, IReadOnlyList<string> paths) => _reading = ReadAsync(doors, paths);

    public int Read { get; private set; }

    public int Failed { get; private set; }

    public int Retried { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _http.Dispose();
        _over.Dispose();
    }

    public async Task EndAsync()
    {
        await _over.CancelAsync();
        await _reading;
    }

    private async Task ReadAsync(IReadOnlyList<Uri> doors, IReadOnlyList<string> paths)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!_over.IsCancellationRequested && await beat.WaitForNextTickAsync())
        {
            if (!await ReadOneAsync(doors, paths[Read % paths.Count])) Failed++;
            Read++;
        }
    }

    private async Task<bool> ReadOneAsync(IReadOnlyList<Uri> doors, string path)
    {
        for (var n = 0; n < Rounds * doors.Count; n++)
        {
            try
            {
                using var answer = await _http.GetAsync(new Uri(doors[(Read + n) % doors.Count], path));
                if (answer.IsSuccessStatusCode) return true;
            }
            catch (Exception trouble) when (trouble is HttpRequestException or TaskCanceledException)
            {
                // The next one is asked.
            }
            Retried++;
        }
        return false;
    }
}
