using Amble.App.Live;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Amble.Host.Specs.Live;

/// <summary>
/// A reader through thick and thin: visits come, retries take some back, connections break in the middle of what is told, servers start
/// again. Whenever the reader has been told the sums, every visit since it came was told, or a gap was told after it.
/// </summary>
public sealed class LiveStoriesSpecs
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Nothing_is_passed_over_in_silence_and_nothing_is_told_twice(int seed)
    {
        var (gaps, visits) = (0, 0);
        for (var story = 0; story < 300; story++)
        {
            var reader = new Reader(new Random(seed * 1000 + story));
            for (var step = 0; step < 60; step++) await reader.StepAsync();
            (gaps, visits) = (gaps + reader.Gaps, visits + reader.Visits);
        }
        // Both happen often enough to have been tried.
        Assert.True(gaps > 300 && visits > 3000, $"{gaps} gaps and {visits} visits");
    }

    private sealed class Reader(Random dice)
    {
        private readonly FakeTimeProvider _clock = new();
        private readonly WatchedStore _store = new();
        // What was there when the reader came, what it was told, and what a gap has told it that it may have missed.
        private readonly HashSet<VisitMark> _known = [];
        private LiveJob? _job;
        private Standing _at;
        private VisitMark? _last;
        private bool _isAgain;

        public int Gaps { get; private set; }

        public int Visits { get; private set; }

        public async Task StepAsync()
        {
            switch (dice.Next(20))
            {
                case < 9: _store.Commit(isNotable: dice.Next(2) == 0); break;
                case 9: for (var i = 0; i < WatchedStore.MostRows; i++) _store.Commit(isNotable: dice.Next(3) == 0); break;
                case 10: _store.Retry(); break;
                case 11: _job = null; break;
                default: await ListenAsync(); break;
            }
        }

        private async Task ListenAsync()
        {
            LiveView view;
            if (_job is null)
            {
                _job = new LiveJob(new JobId(1), _store.LookAsync, LiveSettings.Default with { MostVisits = WatchedStore.MostVisits }, _clock);
                if (_last is null) _known.UnionWith(_store.Notable.Select(visit => visit.Mark));
                (view, _at) = (await _job.JoinAsync(_last, default))!.Value;
            }
            else
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                view = (await _job.NextAsync(default))!;
            }
            (var events, _at) = TellRule.Tell(view, _at);
            var heard = dice.Next(5) == 0 ? dice.Next(events.Count + 1) : events.Count;
            foreach (var what in events.Take(heard)) Hear(what);
            if (heard < events.Count) _job = null;
            else Assert.Empty(_store.Notable.Select(visit => visit.Mark).Except(_known));
        }

        private void Hear(LiveEvent what)
        {
            switch (what)
            {
                case LiveEvent.Gap { First: null }:
                    Gaps++;
                    // It begins again: all may have been missed, and all may be told again.
                    _known.Clear();
                    _known.UnionWith(_store.Notable.Select(visit => visit.Mark));
                    _isAgain = true;
                    break;
                case LiveEvent.Gap gap:
                    Gaps++;
                    _known.UnionWith(_store.Notable.Select(visit => visit.Mark).Where(mark => mark.Number >= gap.First && mark.Number <= gap.Last));
                    break;
                case LiveEvent.Visit visit:
                    Visits++;
                    Assert.True(_known.Add(visit.What.Mark) || _isAgain, $"Visit {visit.What.Mark} was told twice.");
                    _last = visit.What.Mark;
                    break;
                case LiveEvent.Progress progress:
                    _isAgain = false;
                    _last = progress.At;
                    break;
            }
        }
    }
}
