using Amble.Behaviours.Cards;
using Amble.Behaviours.Ports;
using Amble.Local.Cards;
using Amble.Messages;
using Xunit;
using PageContent = Amble.Behaviours.Cards.PageContent;

namespace Amble.Actors.Specs.Local.Cards;

/// <summary>
/// What the cards of a node do, whatever its runtime: one list, run on each. Work is on real threads behind gates; time is the test's.
/// </summary>
public abstract partial class CardContract : IAsyncLifetime
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly TurnedClock _clock = new();
    private readonly GatedArtist _artist = new();
    private readonly CardShelf _shelf = new();
    private readonly List<string> _faults = [];
    private CardSettings _settings = CardSettings.Default;
    private NodeCards? _made;

    private protected abstract ICardFlow OpenFlow(int slots);

    private NodeCards Cards => _made ??= new NodeCards(
        new CardSupplies(_settings, Task.FromResult<ICardArtist?>(_artist), _shelf, _shelf, _shelf, _shelf, (who, _) => { lock (_faults) _faults.Add(who); }) { Views = _shelf },
        _clock, _shelf, OpenFlow(_settings.Slots));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _artist.Open();
        if (_made is not null) await _made.DisposeAsync();
    }

    [Fact, Trait("Seeds", "C-1"), Trait("Seeds", "C-2")]
    public async Task Ten_thousand_views_begin_two_pieces_of_work_and_nothing_is_kept_of_the_others()
    {
        _artist.Shut();
        _shelf.Pages = 10_000;
        var taken = Enumerable.Range(1, 10_000).Count(page => Cards.Offer(CardShelf.Page(page)));
        Assert.Equal(2, taken);
        await UntilAsync(() => _artist.Begun.Count == 2);
        Assert.Equal((10_000, 9_998, 2), (Cards.Counts.Offered, Cards.Counts.Skipped, Cards.Counts.UnderWay));
        _artist.Open();
        await QuietAsync();
        Assert.Equal((2, 2), (_artist.Begun.Count, Cards.Counts.Drawn));
    }

    [Fact, Trait("Seeds", "C-1")]
    public async Task Never_more_than_two_are_drawn_at_once_however_many_look()
    {
        _shelf.Pages = 2_000;
        // Made before the threads are there, or each might make its own.
        var cards = Cards;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var page = 1 + thread; page <= 2_000; page += 4) cards.Offer(CardShelf.Page(page));
        })));
        await QuietAsync();
        Assert.InRange(_artist.MostAtOnce, 1, 2);
    }

    [Fact, Trait("Seeds", "C-3")]
    public async Task What_was_skipped_is_drawn_at_a_later_visit()
    {
        _artist.Shut();
        Assert.Equal([true, true, false], new long[] { 1, 2, 3 }.Select(page => Cards.Offer(CardShelf.Page(page))));
        _artist.Open();
        await QuietAsync();
        Assert.Null(_shelf.HashOf(CardShelf.Page(3)));
        Assert.True(Cards.Offer(CardShelf.Page(3)));
        await QuietAsync();
        Assert.NotNull(_shelf.HashOf(CardShelf.Page(3)));
    }

    [Fact, Trait("Seeds", "C-5")]
    public async Task The_slot_comes_back_after_success_error_time_out_and_a_store_that_stands_still()
    {
        _artist.Refuses = content => content is PageContent { Path: "/2" };
        foreach (var page in new long[] { 1, 2 })
        {
            Assert.True(Cards.Offer(CardShelf.Page(page)));
            await QuietAsync();
        }
        _artist.IsDeaf = true;
        _artist.Shut();
        Assert.True(Cards.Offer(CardShelf.Page(3)));
        await UntilAsync(() => _artist.Begun.Count == 3);
        await TurnUntilAsync(() => Cards.Counts.UnderWay == 0);
        Assert.Equal((1, 1, 1, 1), (Cards.Counts.Drawn, Cards.Counts.Failed, Cards.Counts.TimedOut, Cards.Counts.Hung));
        _artist.Open();
        await UntilAsync(() => Cards.Counts.Hung == 0);
        _shelf.StandStill(true);
        Assert.True(Cards.Offer(CardShelf.Page(4)));
        await UntilAsync(() => _shelf.Held == 1);
        await TurnUntilAsync(() => Cards.Counts.UnderWay == 0);
        Assert.Equal(1, Cards.Counts.Unsaved);
    }

    [Fact, Trait("Seeds", "C-5")]
    public async Task The_slot_comes_back_when_the_node_stops()
    {
        _artist.Shut();
        Cards.Offer(CardShelf.Page(1));
        await UntilAsync(() => _artist.Begun.Count == 1);
        var drained = Cards.DrainAsync(TimeSpan.FromSeconds(5));
        await UntilAsync(() => Cards.Counts.UnderWay == 0);
        await TurnUntilAsync(() => drained.IsCompleted);
        Assert.False(Cards.Offer(CardShelf.Page(2)));
    }

    [Fact, Trait("Seeds", "C-5")]
    public async Task A_painter_that_never_comes_back_costs_a_few_threads_and_no_more()
    {
        _artist.IsDeaf = true;
        _artist.Shut();
        for (var page = 1; Cards.Counts.Hung < 4; page++)
        {
            Cards.Offer(CardShelf.Page(page));
            await TurnUntilAsync(() => Cards.Counts.UnderWay == 0);
        }
        Assert.False(Cards.Offer(CardShelf.Page(1_000)));
        Assert.Equal(4, _artist.Begun.Count);
        Assert.Equal(new CardProgress(0, 0, 0, 0, 0), await Cards.DrawAsync(new CardRound.New(true, TimeSpan.FromSeconds(30)), _ => { }, CancellationToken.None));
    }

    [Fact, Trait("Seeds", "C-7+")]
    public async Task One_thing_is_drawn_once_at_a_time()
    {
        _artist.Shut();
        Assert.True(Cards.Offer(CardShelf.Page(1)));
        Assert.False(Cards.Offer(CardShelf.Page(1)));
        await UntilAsync(() => _artist.Begun.Count == 1);
        var round = Cards.DrawAsync(new CardRound.New(true, TimeSpan.FromSeconds(30)), _ => { }, CancellationToken.None);
        // The round comes past the picture that is being drawn, and stands at the next one.
        await UntilAsync(() => _artist.Begun.Count == 2);
        _artist.Open();
        await round;
        await QuietAsync();
        Assert.Equal(_artist.Begun.Count, _artist.Begun.Distinct().Count());
    }

    [Fact, Trait("Seeds", "C-7+")]
    public async Task What_failed_waits_a_minute_then_two_and_is_remembered_by_the_store()
    {
        _artist.Refuses = _ => true;
        Cards.Offer(CardShelf.Page(1));
        await QuietAsync();
        Assert.Equal((1, _clock.Now + TimeSpan.FromMinutes(1), "No such glyph."), Failure());
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(Cards.Offer(CardShelf.Page(1)));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Cards.Offer(CardShelf.Page(1)));
        await QuietAsync();
        Assert.Equal((2, _clock.Now + TimeSpan.FromMinutes(2), "No such glyph."), Failure());
        _artist.Refuses = _ => false;
        _clock.Advance(TimeSpan.FromMinutes(2));
        Cards.Offer(CardShelf.Page(1));
        await QuietAsync();
        Assert.Equal(0, _shelf.ReadStanding(CardShelf.Page(1))!.Failures);

        (int, DateTimeOffset?, string?) Failure() => _shelf.ReadStanding(CardShelf.Page(1)) is { } standing ? (standing.Failures, standing.RetryAt, standing.Error) : default;
    }

    [Fact]
    public void Nothing_is_begun_for_views_while_the_writer_is_behind()
    {
        _shelf.HasRoom = false;
        Assert.False(Cards.Offer(CardShelf.Page(1)));
    }

    [Fact]
    public void With_no_slots_no_view_draws()
    {
        _settings = _settings with { Slots = 0 };
        Assert.False(Cards.Offer(CardShelf.Page(1)));
        Assert.Equal((1, 1), (Cards.Counts.Offered, Cards.Counts.Skipped));
    }

    private Task QuietAsync() => UntilAsync(() => Cards.Counts.UnderWay == 0);

    private async Task TurnUntilAsync(Func<bool> isSo)
    {
        await UntilAsync(() =>
        {
            if (isSo()) return true;
            _clock.Advance(TimeSpan.FromSeconds(0.5));
            return isSo();
        });
    }

    // Waits for other threads, which need no time but the processor's.
    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(_patience);
        while (!isSo())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
