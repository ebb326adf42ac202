using Amble.Behaviours.AccessLog;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Local.Intake;

/// <summary>
/// What an intake does for those who offer and for the store behind it: one list, run on each runtime, in virtual time. The first batch
/// comes at once and the last one with the end, so that the store knows of both.
/// </summary>
public abstract class IntakeContract : IAsyncLifetime
{
    private protected static readonly AccessLogSettings Usual = AccessLogSettings.Default;
    private protected static readonly AccessLogSettings Small = Usual with { Batch = 4, BatchMost = 16, Entries = 16, ReservedShare = 0 };
    private protected static readonly IntakeItems<Item> Items = new(item => item.Bytes, item => item.IsReserved);

    private IIntake<Item>? _opened;
    private ScriptedSink _sink = null!;

    private protected abstract DateTimeOffset Now { get; }

    private protected abstract IIntake<Item> Open(AccessLogSettings settings, WriteBatch<Item> write);

    /// <summary>Waits for what comes without time passing.</summary>
    private protected abstract Task ComesAsync(Func<bool> what);

    private protected abstract void Pass(double seconds);

    /// <summary>The same, once something waits that is due by then: a wait that is set after the time has passed would last for ever.</summary>
    private protected virtual Task PassToDueAsync(double seconds)
    {
        Pass(seconds);
        return Task.CompletedTask;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await (_opened?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Fact, Trait("Seeds", "A-2")]
    public async Task A_full_batch_is_written_at_once_and_one_item_less_waits()
    {
        await BeginAsync(Usual);
        Offer(0, 127);
        Pass(1.9);
        Offer(127, 1);
        await ComesAsync(() => Written == 128);
        Assert.Equal([0, 128], _sink.Calls.Select(call => call.Batch.Items.Count));
        Assert.Equal(Begin.AddSeconds(1.9), _sink.Calls[1].At);
    }

    [Fact, Trait("Seeds", "A-2")]
    public async Task What_fills_no_batch_is_written_when_the_oldest_is_two_seconds_old()
    {
        await BeginAsync(Usual);
        Pass(1.5);
        Offer(0, 1);
        Pass(1.9);
        Offer(1, 1);
        Pass(0.1);
        await ComesAsync(() => Written == 2);
        Assert.Equal(Begin.AddSeconds(3.5), _sink.Calls[1].At);
    }

    [Fact, Trait("Seeds", "A-1")]
    public async Task There_are_no_more_writes_than_full_batches_and_half_the_seconds()
    {
        await BeginAsync(Usual);
        const int Seconds = 20, EachTenth = 21;
        for (var tenth = 0; tenth < Seconds * 10; tenth++)
        {
            Offer(tenth * EachTenth, EachTenth);
            Pass(0.1);
        }
        await ComesAsync(() => Written >= Seconds * 10 * EachTenth - 128);
        Assert.InRange(_sink.Calls.Count, 1, 1 + Seconds * 10 * EachTenth / 128 + Seconds / 2);
    }

    [Fact, Trait("Seeds", "A-4")]
    public async Task A_full_buffer_drops_the_newcomer_counts_it_and_has_a_gap_written()
    {
        await BeginAsync(Small);
        _sink.Hang();
        Assert.All(Enumerable.Range(0, 16), i => Assert.True(Intake.Offer(new Item(i))));
        await ComesAsync(() => _sink.Calls.Count == 2);
        Pass(1);
        Assert.False(Intake.Offer(new Item(16)));
        Pass(3);
        Assert.False(Intake.Offer(new Item(17)));
        Assert.Equal((18, 2, 16), (Intake.Counts.Offered, Intake.Counts.DroppedFull, Intake.Counts.InFlight));
        _sink.Release();
        await ComesAsync(() => Written == 16);
        Assert.Equal(Enumerable.Range(0, 16), _sink.Numbers);
        Assert.Equal([new HitGap(Begin.AddSeconds(1), Begin.AddSeconds(4), GapReason.Full, 2)], _sink.Gaps);
    }

    [Fact, Trait("Seeds", "A-4")]
    public async Task The_buffer_is_bounded_in_bytes_too()
    {
        await BeginAsync(Small with { Bytes = 1_000 });
        _sink.Hang();
        Assert.Equal(10, Enumerable.Range(0, 16).Count(i => Intake.Offer(new Item(i))));
        Assert.Equal((10, 1_000L), (Intake.View.Waiting, Intake.View.Bytes));
        _sink.Release();
        await ComesAsync(() => Written == 10);
    }

    [Fact, Trait("Seeds", "A-10+")]
    public async Task Errors_have_room_when_others_have_none()
    {
        await BeginAsync(Small with { ReservedShare = 0.25 });
        _sink.Hang();
        Assert.Equal(12, Enumerable.Range(0, 16).Count(i => Intake.Offer(new Item(i))));
        Assert.Equal(4, Enumerable.Range(0, 8).Count(i => Intake.Offer(new Item(i, IsReserved: true))));
        _sink.Release();
    }

    [Fact, Trait("Seeds", "A-9+")]
    public async Task Batches_grow_while_the_store_is_behind_and_fall_back()
    {
        await BeginAsync(Usual);
        _sink.Hang();
        Offer(0, 10_000);
        await ComesAsync(() => _sink.Calls.Count == 2);
        _sink.Release();
        await ComesAsync(() => Written >= 128 + 256 + 512 + 1_024 + 2_048 + 4_096);
        Pass(2);
        await ComesAsync(() => Written == 10_000);
        Offer(10_000, 128);
        await ComesAsync(() => Written == 10_128);
        Assert.Equal([0, 128, 256, 512, 1_024, 2_048, 4_096, 1_936, 128], _sink.Calls.Select(call => call.Batch.Items.Count));
    }

    [Fact, Trait("Seeds", "A-8+")]
    public async Task A_batch_that_was_not_stored_comes_again_unchanged_before_anything_newer()
    {
        await BeginAsync(Small);
        _sink.Says(new BatchOutcome.Unavailable("No answer."), new BatchOutcome.Unavailable("No answer."), new BatchOutcome.Unavailable("No answer."));
        Offer(0, 4);
        await ComesAsync(() => Intake.View.Trouble == "No answer.");
        Offer(4, 4);
        // Half of chance shortens each wait by a quarter: 75, 150 and 300 ms.
        foreach (var (wait, calls) in new[] { (0.075, 3), (0.150, 4), (0.300, 5) })
        {
            await PassToDueAsync(wait);
            await ComesAsync(() => _sink.Calls.Count >= calls);
        }
        await ComesAsync(() => Written == 8);
        Assert.Equal([1L, 2, 2, 2, 2, 3], _sink.Calls.Select(call => call.Batch.Sequence));
        Assert.All(_sink.Calls.Skip(1).Take(4), call => Assert.Same(_sink.Calls[1].Batch, call.Batch));
        Assert.Equal(Enumerable.Range(0, 8), _sink.Numbers);
        Assert.Equal((null, "No answer."), (Intake.View.Trouble, Intake.View.LastTrouble));
    }

    [Fact, Trait("Seeds", "A-8+")]
    public async Task A_batch_of_unknown_outcome_is_there_once()
    {
        await BeginAsync(Small);
        _sink.LosesAnswers = true;
        _sink.Says(new BatchOutcome.Unavailable("The answer was lost."));
        Offer(0, 4);
        await ComesAsync(() => _sink.Calls.Count == 2);
        await PassToDueAsync(0.1);
        await ComesAsync(() => Written == 4);
        Assert.Equal(Enumerable.Range(0, 4), _sink.Numbers);
    }

    [Fact, Trait("Seeds", "A-8+")]
    public async Task What_cannot_be_stored_is_counted_and_the_rest_goes_on()
    {
        await BeginAsync(Small);
        _sink.Says(new BatchOutcome.Stored(1), new BatchOutcome.Refused("No such table."));
        Offer(0, 4);
        await ComesAsync(() => Written == 3);
        Offer(4, 4);
        await ComesAsync(() => Intake.Counts.DroppedPoison == 5);
        await ComesAsync(() => _sink.Gaps.Any());
        Assert.Equal((GapReason.Poison, 4L), (_sink.Gaps.Single().Reason, _sink.Gaps.Single().Count));
        Assert.Equal(0, Intake.Counts.InFlight);
    }

    [Fact, Trait("Seeds", "A-6")]
    public async Task A_stop_writes_what_it_has_and_says_that_it_was_the_last()
    {
        await BeginAsync(Usual);
        Offer(0, 300);
        var left = await Drained(TimeSpan.FromSeconds(5));
        Assert.Empty(left.InHand.Concat(left.Beyond));
        Assert.Equal(new IntakeCounts(300, 300, 0, 0, 0), Intake.Counts);
        Assert.True(_sink.Stored[^1].IsLast);
        Assert.Single(_sink.Stored, batch => batch.IsLast);
        Assert.False(Intake.Offer(new Item(300)));
        Assert.Equal((1, 0), (Intake.Counts.DroppedFull, Intake.Counts.InFlight));
    }

    [Fact, Trait("Seeds", "A-6")]
    public async Task What_a_hung_store_did_not_take_by_the_deadline_is_counted_and_told()
    {
        await BeginAsync(Small);
        _sink.Hang();
        Offer(0, 4);
        await ComesAsync(() => _sink.Calls.Count == 2);
        Offer(4, 16);
        var draining = Intake.DrainAsync(TimeSpan.FromSeconds(5));
        Pass(5);
        var left = await draining.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(new IntakeCounts(20, 0, 4, 0, 16), Intake.Counts);
        Assert.Equal(2, left.Sequence);
        Assert.Equal([new HitGap(Begin, Begin.AddSeconds(5), GapReason.Deadline, 4)], left.InHand);
        Assert.Equal([(GapReason.Deadline, 12L), (GapReason.Full, 4)], left.Beyond.Select(gap => (gap.Reason, gap.Count!.Value)));
        _sink.Release();
        Assert.Equal(0, Intake.Counts.Written);
    }

    [Fact, Trait("Seeds", "A-7+")]
    public async Task Whatever_the_store_does_all_that_was_offered_is_accounted_for()
    {
        var dice = new Random(20_261_126);
        await BeginAsync(Small);
        var number = 0;
        for (var step = 0; step < 300; step++)
        {
            switch (dice.Next(6))
            {
                case 0: _sink.Says(new BatchOutcome.Unavailable("Not now.")); break;
                case 1: _sink.Hang(); break;
                case 2: _sink.Release(); break;
                default:
                    var many = dice.Next(8);
                    Offer(number, many);
                    number += many;
                    break;
            }
            Pass(dice.NextDouble());
        }
        _sink.Release();
        var draining = Intake.DrainAsync(TimeSpan.FromDays(1_000));
        while (Intake.Counts.InFlight > 0)
        {
            Pass(0.1);
            await Task.Yield();
        }
        await draining.WaitAsync(TimeSpan.FromSeconds(60));
        var counts = Intake.Counts;
        Assert.Equal((number, 0, 0), (counts.Offered, counts.InFlight, counts.DroppedDeadline));
        Assert.NotEqual(0, counts.DroppedFull);
        Assert.Equal(counts.DroppedFull, _sink.Gaps.Sum(gap => gap.Count));
        Assert.Equal(counts.Written, _sink.Numbers.Count());
        Assert.Equal(_sink.Numbers.Distinct().Order(), _sink.Numbers);
    }

    private IIntake<Item> Intake => _opened!;

    private DateTimeOffset Begin { get; set; }

    private long Written => Intake.Counts.Written;

    private async Task BeginAsync(AccessLogSettings settings)
    {
        Begin = Now;
        _sink = new ScriptedSink(() => Now);
        _opened = Open(settings, _sink.Write);
        await ComesAsync(() => Intake.View.Batches == 1);
    }

    private void Offer(int from, int many)
    {
        for (var i = 0; i < many; i++) Intake.Offer(new Item(from + i));
    }

    private async Task<IntakeLeft> Drained(TimeSpan deadline)
    {
        var draining = Intake.DrainAsync(deadline);
        await ComesAsync(() => Intake.Counts.InFlight == 0);
        return await draining.WaitAsync(TimeSpan.FromSeconds(60));
    }
}
