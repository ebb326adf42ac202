using Amble.Behaviours.Cards;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;
using PageContent = Amble.Behaviours.Cards.PageContent;

namespace Amble.Actors.Specs.Local.Cards;

/// <summary>Rounds: at a job's end, by night, by the clock and by command.</summary>
public abstract partial class CardContract
{
    [Fact, Trait("Seeds", "D-2"), Trait("Seeds", "D-3")]
    public async Task A_job_ends_after_its_own_card_its_sites_and_its_new_pages_most_viewed_first()
    {
        _shelf.Pages = 4;
        (_shelf.Views[2], _shelf.Views[4]) = (5, 900);
        Cards.Offer(CardShelf.Page(1));
        await QuietAsync();
        await Cards.DrawAtEndAsync(CardShelf.Job, CancellationToken.None).WaitAsync(_patience);
        Assert.Equal(["/1", "job", "site", "/4", "/2", "/3"], _artist.Begun.Select(Name));
        Assert.All(new[] { CardSubject.Of(CardShelf.Job), CardShelf.Site, CardShelf.Page(2), CardShelf.Page(3), CardShelf.Page(4) }, subject => Assert.NotNull(_shelf.HashOf(subject)));
        Assert.Equal(0, _shelf.Left);
    }

    [Fact, Trait("Seeds", "D-2")]
    public async Task Or_when_its_budget_is_spent_and_the_rest_is_carried_over_and_on()
    {
        _settings = _settings with { Budget = TimeSpan.FromSeconds(30) };
        _shelf.Pages = 100;
        _artist.Before = _ => _clock.Advance(TimeSpan.FromSeconds(1));
        var began = _clock.Now;
        await Cards.DrawAtEndAsync(CardShelf.Job, CancellationToken.None).WaitAsync(_patience);
        Assert.InRange(_clock.Now - began, TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(30));
        await UntilAsync(() => _shelf.Left is not null);
        // Two went to the job and its site; the one under way when time was up may have made it.
        Assert.InRange(_shelf.Left!.Value, 73, 74);
        Assert.InRange(Cards.Counts.CarriedOver, 73, 74);
        for (var rounds = 0; _shelf.Left > 0; rounds++)
        {
            Assert.InRange(rounds, 0, 5);
            await Cards.DrawAsync(new CardRound.New(All: false, TimeSpan.FromSeconds(30)), _ => { }, CancellationToken.None).WaitAsync(_patience);
        }
        Assert.Equal(0, _shelf.CountUncarded(CardShelf.Job));
    }

    [Fact, Trait("Seeds", "D-2")]
    public async Task A_painter_or_a_store_that_hangs_holds_a_jobs_end_no_longer_than_its_budget()
    {
        _artist.IsDeaf = true;
        _artist.Shut();
        var ended = Cards.DrawAtEndAsync(CardShelf.Job, CancellationToken.None);
        await UntilAsync(() => _artist.Begun.Count == 1);
        var began = _clock.Now;
        await TurnUntilAsync(() => ended.IsCompleted);
        Assert.InRange(_clock.Now - began, TimeSpan.Zero, TimeSpan.FromSeconds(30.1));
        _artist.Open();
        await UntilAsync(() => Cards.Counts.Hung == 0);
        _shelf.StandStill(true);
        began = _clock.Now;
        ended = Cards.DrawAtEndAsync(CardShelf.Job, CancellationToken.None);
        await TurnUntilAsync(() => ended.IsCompleted);
        Assert.InRange(_clock.Now - began, TimeSpan.Zero, TimeSpan.FromSeconds(30.1));
    }

    [Fact, Trait("Seeds", "C-6")]
    public async Task While_a_job_ends_views_draw_nothing_so_that_they_do_not_slow_it_down()
    {
        _artist.Shut();
        var ended = Cards.DrawAtEndAsync(CardShelf.Job, CancellationToken.None);
        await UntilAsync(() => _artist.Begun.Count == 1);
        Assert.False(Cards.Offer(CardShelf.Page(1)));
        _artist.Open();
        await ended.WaitAsync(_patience);
        await UntilAsync(() => Cards.Offer(CardShelf.Page(77)));
    }

    [Fact, Trait("Seeds", "D-3")]
    public async Task A_round_draws_only_what_never_had_a_card()
    {
        await Cards.DrawAtEndAsync(CardShelf.Job, CancellationToken.None).WaitAsync(_patience);
        _shelf.Views[1] = 1_000_000;
        var drawn = _artist.Begun.Count;
        await Cards.DrawAtEndAsync(CardShelf.Job, CancellationToken.None).WaitAsync(_patience);
        Assert.Equal(drawn, _artist.Begun.Count);
    }

    [Fact, Trait("Seeds", "D-4")]
    public async Task By_night_a_card_is_drawn_anew_only_when_its_printed_label_changes()
    {
        _shelf.Pages = 1;
        _shelf.Views[1] = 900;
        await Cards.DrawAtEndAsync(CardShelf.Job, CancellationToken.None).WaitAsync(_patience);
        var first = _shelf.HashOf(CardShelf.Page(1));
        Assert.Equal(0, await RedrawnAsync(950));
        Assert.Equal(0, await RedrawnAsync(999));
        Assert.Equal(first, _shelf.HashOf(CardShelf.Page(1)));
        Assert.Equal(1, await RedrawnAsync(1_000));
        Assert.NotEqual(first, _shelf.HashOf(CardShelf.Page(1)));
        Assert.Equal(0, await RedrawnAsync(1_999));

        async Task<long> RedrawnAsync(long views)
        {
            _shelf.Views[1] = views;
            return (await Cards.DrawAsync(new CardRound.Changed(TimeSpan.FromMinutes(30)), _ => { }, CancellationToken.None).WaitAsync(_patience)).Drawn;
        }
    }

    [Fact, Trait("Seeds", "D-8+")]
    public async Task By_night_what_is_gone_names_no_card_any_more()
    {
        await Cards.DrawAtEndAsync(CardShelf.Job, CancellationToken.None).WaitAsync(_patience);
        _shelf.Gone.Add(2);
        await Cards.DrawAsync(new CardRound.Changed(TimeSpan.FromMinutes(30)), _ => { }, CancellationToken.None).WaitAsync(_patience);
        Assert.Null(_shelf.HashOf(CardShelf.Page(2)));
        Assert.NotNull(_shelf.HashOf(CardShelf.Page(1)));
    }

    [Fact, Trait("Seeds", "D-6")]
    public async Task What_fails_is_counted_stops_neither_the_others_nor_the_job_and_stays_eligible()
    {
        _shelf.Pages = 5;
        _artist.Refuses = content => content is PageContent { Path: "/1" or "/4" };
        await Cards.DrawAtEndAsync(CardShelf.Job, CancellationToken.None).WaitAsync(_patience);
        await UntilAsync(() => _shelf.Left is not null);
        Assert.Equal((5, 2, 2), (Cards.Counts.Drawn, Cards.Counts.Failed, _shelf.Left));
        lock (_faults) Assert.Equal(["the card of the page 1", "the card of the page 4"], _faults);
        _artist.Refuses = _ => false;
        _clock.Advance(TimeSpan.FromMinutes(1));
        var progress = await Cards.DrawAsync(new CardRound.New(All: false, TimeSpan.FromSeconds(30)), _ => { }, CancellationToken.None).WaitAsync(_patience);
        Assert.Equal((2, 0, 0), (progress.Drawn, progress.Failed, _shelf.CountUncarded(CardShelf.Job)));
    }

    [Fact, Trait("Seeds", "D-7")]
    public async Task A_round_tells_how_far_it_is_and_stops_between_two_cards()
    {
        _shelf.Pages = 50;
        using var stop = new CancellationTokenSource();
        var told = new List<CardProgress>();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Cards.DrawAsync(new CardRound.New(All: true, TimeSpan.FromMinutes(5)), step =>
        {
            told.Add(step);
            if (step.Drawn == 10) stop.Cancel();
        }, stop.Token).WaitAsync(_patience));
        Assert.Equal(Enumerable.Range(1, 10).Select(n => (long)n), told.Select(step => step.Drawn));
        Assert.Equal(10, _artist.Begun.Count);
    }

    [Fact, Trait("Seeds", "D-8+")]
    public async Task Two_things_that_are_drawn_alike_share_a_picture()
    {
        Cards.Offer(CardShelf.Page(1));
        await QuietAsync();
        var hash = _shelf.HashOf(CardShelf.Page(1))!;
        _shelf.Take(new WriterProtocol.NameCards([CardMark.Forgotten(CardShelf.Page(1))], _clock.Now), _ => { });
        Cards.Offer(CardShelf.Page(1));
        await QuietAsync();
        Assert.Equal((hash, 1, 1), (_shelf.HashOf(CardShelf.Page(1)), _artist.Begun.Count, Cards.Counts.Reused));
    }

    [Fact]
    public async Task Marks_are_stored_many_at_a_time_and_each_behind_its_picture()
    {
        _shelf.Pages = 200;
        await Cards.DrawAtEndAsync(CardShelf.Job, CancellationToken.None).WaitAsync(_patience);
        var stored = new HashSet<string>();
        var marks = 0;
        foreach (var command in _shelf.Commands)
        {
            if (command is WriterProtocol.SaveCard save) stored.Add(save.Hash);
            if (command is not WriterProtocol.NameCards name) continue;
            marks++;
            Assert.InRange(name.Marks.Count, 1, WriterProtocol.MostMarks);
            Assert.All(name.Marks, mark => Assert.Contains(mark.Hash!, stored));
        }
        Assert.InRange(marks, 4, 10);
    }

    [Fact]
    public async Task By_the_clock_what_was_left_over_is_carried_on_with()
    {
        _ = Cards;
        _shelf.Take(new WriterProtocol.SetCardsLeft(CardShelf.Job, 3), _ => { });
        Cards.Tick();
        _clock.Advance(TimeSpan.FromMinutes(5));
        Cards.Tick();
        await UntilAsync(() => _shelf.Left == 0);
        Assert.Equal(0, _shelf.CountUncarded(CardShelf.Job));
    }

    private static string Name(CardContent content) => content switch
    {
        PageContent page => page.Path,
        SiteContent => "site",
        _ => "job",
    };
}
