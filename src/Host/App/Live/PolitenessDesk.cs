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

    private readonly ConcurrentDictionary<(JobId Job, bool HasEnded), Answer> _answers = [];
    private readonly SemaphoreSlim _places = new(2);
    private readonly CancellationTokenSource _stop = new();

    /// <summary>The newest answer there is, or the next one; it may take seconds for a job of millions of requests.</summary>
    public Task<PolitenessTold> ReadAsync(JobView job)
    {
        if (_answers.Count > MostKept) Forget();
        // What was counted while it was under way is not told of one that has ended.
        return _answers.AddOrUpdate((job.Job.Id, job.State >= JobState.Completed), Begin, (key, known) => IsFresh(known) ? known : Begin(key)).Made.Value;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private Answer Begin((JobId Job, bool HasEnded) key) => new(answer => Task.Run(() => MakeAsync(key.Job, answer)));

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
        foreach (var (key, answer) in _answers)
            if (!IsFresh(answer)) _answers.TryRemove(key, out _);
    }

    private sealed class Answer
    {
        public Answer(Func<Answer, Task<PolitenessTold>> make) => Made = new Lazy<Task<PolitenessTold>>(() => make(this));

        /// <summary>Begun by the first who asks for it, and by nobody else.</summary>
        public Lazy<Task<PolitenessTold>> Made { get; }

        public DateTimeOffset GoodUntil { get; set; }
    }
}

/// <param name="At">When it was read.</param>
public sealed record PolitenessTold(PolitenessRead Read, DateTimeOffset At);
