using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

/// <summary>Pictures by their hash, and what names them.</summary>
public abstract partial class StoreContract
{
    private static readonly string _one = new('1', 32);
    private static readonly string _two = new('2', 32);
    private static readonly CardSubject _page = new(CardKind.Page, 1);

    [Fact, Trait("Seeds", "D-8+")]
    public void A_picture_is_stored_by_its_hash_and_a_thing_names_it()
    {
        Assert.Null(Store.Cards.ReadStanding(_page));
        SaveCard(_one, 34_000);
        Name(CardMark.Named(_page, _one));
        Assert.Equal(_one, Store.Cards.ReadStanding(_page)!.Hash);
        Assert.Equal(34_000, Store.Cards.ReadCard(_one)!.Length);
        Assert.True(Store.Cards.HasCard(_one));
        Assert.Null(Store.Cards.ReadCard(_two));
        Assert.Equal((1, 34_000, 0, 1), Sums());
    }

    [Fact, Trait("Seeds", "D-8+")]
    public void A_picture_that_is_not_there_is_never_named()
    {
        SaveCard(_one);
        Name(CardMark.Named(_page, _one));
        Name(CardMark.Named(_page, _two));
        Assert.Equal(_one, Store.Cards.ReadStanding(_page)!.Hash);
    }

    [Fact, Trait("Seeds", "D-8+")]
    public void A_picture_that_nothing_names_goes_after_its_time_and_no_other_does()
    {
        SaveCard(_one, at: 0);
        SaveCard(_two, at: 0);
        Name(at: 0, CardMark.Named(_page, _one), CardMark.Named(new CardSubject(CardKind.Job, 1), _one));
        Name(at: 100, CardMark.Named(_page, _two));
        Assert.Equal((2, 2_000, 0, 2), Sums());
        Name(at: 200, CardMark.Forgotten(new CardSubject(CardKind.Job, 1)));
        Assert.Equal((2, 2_000, 1, 1), Sums());
        Assert.Equal(0, Store.CommitTwice<WriterProtocol.CardsDropped>(new WriterProtocol.DropCards(After(200))).Count);
        Assert.Equal(1, Store.Commit<WriterProtocol.CardsDropped>(new WriterProtocol.DropCards(After(201))).Count);
        Assert.Empty(Store.Check());
        Assert.Equal((false, true), (Store.Cards.HasCard(_one), Store.Cards.HasCard(_two)));
    }

    [Fact, Trait("Seeds", "D-8+")]
    public void Clearing_up_goes_in_slices()
    {
        for (var i = 0; i < 45; i++) SaveCard($"{i:x32}", at: 0);
        var slices = new List<int>();
        WriterProtocol.CardsDropped dropped;
        do
        {
            dropped = Store.Commit<WriterProtocol.CardsDropped>(new WriterProtocol.DropCards(After(1)));
            slices.Add(dropped.Count);
        }
        while (dropped.HasMore);
        Assert.Equal([20, 20, 5], slices);
    }

    [Fact, Trait("Seeds", "D-8+")]
    public void A_picture_that_is_named_again_stays()
    {
        SaveCard(_one, at: 0);
        SaveCard(_two, at: 0);
        foreach (var hash in new[] { _one, _two, _one }) Name(at: 10, CardMark.Named(_page, hash));
        Store.Commit<WriterProtocol.CardsDropped>(new WriterProtocol.DropCards(After(1_000)));
        Assert.Equal((true, false), (Store.Cards.HasCard(_one), Store.Cards.HasCard(_two)));
        Assert.Empty(Store.Check());
    }

    [Fact, Trait("Seeds", "C-7+"), Trait("Seeds", "D-6")]
    public void A_failure_is_remembered_beside_the_card_that_the_thing_has_until_one_is_drawn()
    {
        SaveCard(_one);
        Name(CardMark.Named(_page, _one));
        Name(new CardMark(_page, null, 2, After(500), "No such glyph."));
        Assert.Equal((_one, 2, After(500), "No such glyph."), (Store.Cards.ReadStanding(_page)!.Hash, Store.Cards.ReadStanding(_page)!.Failures, Store.Cards.ReadStanding(_page)!.RetryAt, Store.Cards.ReadStanding(_page)!.Error));
        Assert.Equal((1, 1), (Store.Cards.ReadCardSums(After(499)).Failing, Store.Cards.ReadCardSums(After(499)).Waiting));
        Assert.Equal(0, Store.Cards.ReadCardSums(After(500)).Waiting);
        Name(CardMark.Named(_page, _one));
        Assert.Equal((0, null), (Store.Cards.ReadStanding(_page)!.Failures, Store.Cards.ReadStanding(_page)!.RetryAt));
    }

    [Fact, Trait("Seeds", "D-3")]
    public void Pages_without_a_card_are_those_of_the_job_that_were_asked_and_never_had_one()
    {
        var job = Store.Create();
        Store.Find(job, Home, Url("/a"), Url("/b"), Url("/c"));
        foreach (var path in new[] { "/", "/a", "/b" }) Store.Commit<WriterProtocol.UnitClosed>(Store.Visited(job, Url(path)));
        Store.End(job);
        var pages = Store.Cards.ReadUncarded(job, After(100), 10);
        Assert.Equal(3, pages.Count);
        SaveCard(_one);
        Name(CardMark.Named(CardSubject.Of(pages[0]), _one), new CardMark(CardSubject.Of(pages[1]), null, 1, After(200), "No such glyph."));
        Assert.Equal([pages[2]], Store.Cards.ReadUncarded(job, After(199), 10));
        Assert.Equal([pages[1], pages[2]], Store.Cards.ReadUncarded(job, After(200), 10));
        Assert.Equal([pages[1]], Store.Cards.ReadUncarded(job, After(200), 1));
        Assert.Equal(2, Store.Cards.CountUncarded(job));
    }

    [Fact, Trait("Seeds", "D-2")]
    public void What_is_left_over_is_a_number_of_each_job()
    {
        Store.CommitTwice<WriterProtocol.CardsLeftSet>(new WriterProtocol.SetCardsLeft(new JobId(1), 7));
        Store.CommitTwice<WriterProtocol.CardsLeftSet>(new WriterProtocol.SetCardsLeft(new JobId(2), 3));
        Assert.Equal([(new JobId(2), 3L), (new JobId(1), 7L)], Store.Cards.ReadLeft(10));
        Assert.Equal(10, Store.Cards.ReadCardSums(After(0)).Left);
        Store.CommitTwice<WriterProtocol.CardsLeftSet>(new WriterProtocol.SetCardsLeft(new JobId(2), 0));
        Assert.Equal([(new JobId(1), 7L)], Store.Cards.ReadLeft(10));
    }

    [Fact, Trait("Seeds", "D-4")]
    public void Things_that_have_a_card_are_walked_through_in_parts()
    {
        SaveCard(_one);
        CardSubject[] subjects = [new(CardKind.Page, 3), new(CardKind.Page, 10), new(CardKind.Site, 1), new(CardKind.Job, 2)];
        Name([.. subjects.Select(subject => CardMark.Named(subject, _one)), new CardMark(new CardSubject(CardKind.Page, 4), null, 1, After(9), "No such glyph.")]);
        var walked = new List<CardSubject>();
        while (Store.Cards.ReadNamed(walked.Count == 0 ? null : walked[^1], 3) is { Count: > 0 } part) walked.AddRange(part.Select(one => one.Subject));
        Assert.Equal(subjects, walked);
    }

    [Fact]
    public void A_site_is_known_by_its_domains_number()
    {
        Assert.Null(Store.Cards.FindSite(Domain));
        Store.Create();
        var site = Store.Cards.FindSite(Domain);
        Assert.Equal(Domain, Store.Cards.ReadSite(site!.Value));
    }

    private void SaveCard(string hash, int bytes = 1_000, double at = 10)
    {
        Store.CommitTwice<WriterProtocol.CardSaved>(new WriterProtocol.SaveCard(hash, new byte[bytes], After(at)));
        Assert.Empty(Store.Check());
    }

    private void Name(params CardMark[] marks) => Name(20, marks);

    private void Name(double at, params CardMark[] marks)
    {
        Store.CommitTwice<WriterProtocol.CardsNamed>(new WriterProtocol.NameCards(marks, After(at)));
        Assert.Empty(Store.Check());
    }

    private (long Cards, long Bytes, long Unnamed, long Named) Sums()
    {
        var sums = Store.Cards.ReadCardSums(After(1_000));
        return (sums.Cards, sums.Bytes, sums.Unnamed, sums.Named);
    }
}
