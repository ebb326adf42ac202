using System.Collections.Concurrent;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Live;

/// <summary>
/// Where pages and the API ask how a job asked its domains. Of a job under way that is computed from all its requests, so each job is
/// computed once at a time however many ask, two jobs at once at most, and an answer is given again for twenty times as long as it took, two
/// seconds at least: whoever reloads a page costs next to nothing.
/// </summary>
public sealed class PolitenessDesk(IPolitenessReads reads, TimeProvider clock) : IDisposable
{
    private const int TimesItsCost = 20;
    private const int MostKept = 64;
    private static readonly TimeSpan LeastKept = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<JobId, Answer> _answers = [];
    private readonly SemaphoreSlim _places = new(2);
    private readonly CancellationTokenSource _stop = new();

    /// <summary>The newest answer there is, or the next one; it may take seconds for a job of millions of requests.</summary>
    public Task<PolitenessTold> ReadAsync(JobId job)
    {
        if (_answers.Count > MostKept) Forget();
        var answer = _answers.AddOrUpdate(job, Begin, (_, known) => IsFresh(known) ? known : Begin(job));
        return answer.Made.Value;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private Answer Begin(JobId job)
    {
        var answer = new Answer();
        answer.Made = new Lazy<Task<PolitenessTold>>(() => Task.Run(() => MakeAsync(job, answer)));
        return answer;
    }

    private async Task<PolitenessTold> MakeAsync(JobId job, Answer answer)
    {
        await _places.WaitAsync(_stop.Token);
        try
        {
            var (from, at) = (clock.GetTimestamp(), clock.GetUtcNow());
            var read = reads.ReadPoliteness(job, _stop.Token);
            var took = clock.GetElapsedTime(from);
            answer.GoodUntil = clock.GetUtcNow() + (took * TimesItsCost > LeastKept ? took * TimesItsCost : LeastKept);
            return new PolitenessTold(read, at);
        }
        finally
        {
            _places.Release();
        }
    }

    private bool IsFresh(Answer answer) => !answer.Made.IsValueCreated || !answer.Made.Value.IsCompleted || answer.Made.Value.IsCompletedSuccessfully && clock.GetUtcNow() < answer.GoodUntil;

    private void Forget()
    {
        foreach (var (job, answer) in _answers)
            if (!IsFresh(answer)) _answers.TryRemove(job, out _);
    }

    private sealed class Answer
    {
        public Lazy<Task<PolitenessTold>> Made { get; set; } = null!;

        public DateTimeOffset GoodUntil { get; set; }
    }
}

/// <param name="At">When it was read.</param>
public sealed record PolitenessTold(PolitenessRead Read, DateTimeOffset At);
