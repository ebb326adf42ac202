using Amble.Behaviours.Cards;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Local.Cards;

/// <summary>
/// The cards of one node, whatever its runtime: the rules are the desk's and the calendar's, the flow is the runtime's. Rounds go one at a
/// time; one that nobody waits for steps aside for a job's end.
/// </summary>
public sealed class NodeCards : ICards
{
    // A job's end draws for so much less than its budget: what is under way, its marks, and the count of what is left take their time too.
    private static readonly TimeSpan _closing = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(50);

    private readonly CardSupplies _supplies;
    private readonly IScheduler _scheduler;
    private readonly IWriterLane _writer;
    private readonly ICardFlow _flow;
    private readonly CardDesk _desk;
    private readonly CardMaking _making;
    private readonly CardPlans _plans;
    private readonly RoundGate _gate;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _calendarGate = new();
    private CardCalendar _calendar;
    private bool _isOnDuty;
    private int _underWay;

    public NodeCards(CardSupplies supplies, IScheduler scheduler, IWriterLane writer, ICardFlow flow)
    {
        (_supplies, _scheduler, _writer, _flow) = (supplies, scheduler, writer, flow);
        _desk = new CardDesk(supplies.Settings);
        _making = new CardMaking(supplies, _desk, scheduler, writer);
        _plans = new CardPlans(supplies, scheduler);
        _gate = new RoundGate(scheduler);
        _calendar = CardCalendar.From(scheduler.Now, supplies.Settings);
    }

    /// <inheritdoc />
    public bool IsOn => !_supplies.Artist.IsCompleted || Artist is not null;

    /// <inheritdoc />
    public string? Painter => Artist?.Painter;

    /// <inheritdoc />
    public CardCounts Counts => _desk.Counts;

    /// <inheritdoc />
    public bool Offer(CardSubject subject)
    {
        if (_stop.IsCancellationRequested || Artist is not { } artist || !_desk.TryTake(subject, _scheduler.Now, _writer.HasRoom)) return false;
        Interlocked.Increment(ref _underWay);
        if (_flow.TryPut(() => DrawOnDemandAsync(artist, subject))) return true;
        Interlocked.Decrement(ref _underWay);
        _desk.Return(subject);
        return false;
    }

    /// <inheritdoc />
    public async Task DrawAtEndAsync(JobId job, CancellationToken stop)
    {
        var budget = _supplies.Settings.Budget;
        var drawing = budget > _closing * 10 ? budget - _closing : budget * 0.9;
        var ended = new TaskCompletionSource();
        _desk.BeginJobEnd();
        // A round that does not end by itself goes on alone: a job's end must not hang on its cards.
        using var alarm = _scheduler.RunAt(_scheduler.Now + budget, () => ended.TrySetResult());
        await using var stopping = stop.Register(() => ended.TrySetResult());
        _ = RunAsync();
        await ended.Task.ConfigureAwait(false);

        async Task RunAsync()
        {
            try
            {
                await DrawAsync(new CardRound.JobEnd(job, drawing), _ => { }, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The job's next life draws what is left.
            }
            finally
            {
                _desk.EndJobEnd();
                ended.TrySetResult();
            }
        }
    }

    /// <inheritdoc />
    public async Task<CardProgress> DrawAsync(CardRound round, Action<CardProgress> tell, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, _stop.Token);
        var until = _scheduler.Now + round.Budget;
        Interlocked.Increment(ref _underWay);
        try
        {
            var parts = new RoundParts(_supplies, _scheduler, _writer, _flow, _desk, _making, _plans, _gate);
            var progress = await new RoundRun(parts, round, until, tell, either.Token).RunAsync().ConfigureAwait(false);
            either.Token.ThrowIfCancellationRequested();
            return progress;
        }
        // The edge of a round: whatever it meets, whoever waits for it goes on.
        catch (Exception surprise) when (surprise is not OperationCanceledException)
        {
            _supplies.OnFault("cards", surprise);
            return default;
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    /// <inheritdoc />
    public void Tick()
    {
        CardDuty duty;
        lock (_calendarGate)
        {
            if (_isOnDuty || _stop.IsCancellationRequested) return;
            (duty, _calendar) = _calendar.At(_scheduler.Now, _supplies.Settings);
            if (duty == CardDuty.Nothing) return;
            _isOnDuty = true;
        }
        _ = DoAsync(duty);
    }

    /// <inheritdoc />
    public async Task DrainAsync(TimeSpan deadline)
    {
        Close();
        var quiet = new TaskCompletionSource();
        Watch(quiet, _scheduler.Now + deadline);
        await quiet.Task.ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return _flow.DisposeAsync();
    }

    /// <summary>Begins nothing more, and calls off what is under way.</summary>
    private void Close() => _stop.Cancel();

    private void Watch(TaskCompletionSource quiet, DateTimeOffset deadline)
    {
        if (Volatile.Read(ref _underWay) == 0 || _scheduler.Now >= deadline) quiet.TrySetResult();
        else _scheduler.RunAt(_scheduler.Now + _look, () => Watch(quiet, deadline));
    }

    private async Task DrawOnDemandAsync(ICardArtist artist, CardSubject subject)
    {
        try
        {
            var made = await _making.MakeAsync(artist, subject, CardWish.OnlyNew, null, null, _stop.Token).ConfigureAwait(false);
            if (made.Mark is { } mark) await _making.StoreAsync([mark]).ConfigureAwait(false);
        }
        finally
        {
            _desk.Return(subject);
            Interlocked.Decrement(ref _underWay);
        }
    }

    private async Task DoAsync(CardDuty duty)
    {
        try
        {
            switch (duty)
            {
                case CardDuty.CarryOn: await DrawAsync(new CardRound.New(All: false, _supplies.Settings.Budget), _ => { }, CancellationToken.None).ConfigureAwait(false); break;
                case CardDuty.Redraw: await DrawAsync(new CardRound.Changed(_supplies.Settings.NightlyBudget), _ => { }, CancellationToken.None).ConfigureAwait(false); break;
                case CardDuty.ClearUp: await ClearUpAsync().ConfigureAwait(false); break;
            }
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
        finally
        {
            lock (_calendarGate) _isOnDuty = false;
        }
    }

    private async Task ClearUpAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var command = new WriterProtocol.DropCards(_scheduler.Now - _supplies.Settings.Unnamed);
            if (await _making.WriteAsync(command, _scheduler.Now + _supplies.Settings.CardTimeout).ConfigureAwait(false) is not WriterProtocol.CardsDropped dropped) return;
            _desk.CountDropped(dropped.Count);
            if (!dropped.HasMore) return;
        }
    }

    private ICardArtist? Artist => _supplies.Artist.IsCompletedSuccessfully ? _supplies.Artist.Result : null;
}
