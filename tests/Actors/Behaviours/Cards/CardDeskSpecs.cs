using Amble.Behaviours.Cards;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours;

public sealed class CardDeskSpecs
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly CardDesk _desk = new(CardSettings.Default);

    [Fact, Trait("Seeds", "C-1"), Trait("Seeds", "C-2")]
    public void There_are_two_slots_and_no_queue()
    {
        Assert.Equal([true, true, false, false], new long[] { 1, 2, 3, 4 }.Select(Take));
        _desk.Return(Page(1));
        Assert.True(Take(4));
        Assert.Equal((5, 2, 2), (_desk.Counts.Offered, _desk.Counts.Skipped, _desk.Counts.UnderWay));
    }

    [Fact, Trait("Seeds", "C-7+")]
    public void One_thing_has_one_slot_and_one_picture_one_drawing()
    {
        Assert.Equal([true, false], new long[] { 1, 1 }.Select(Take));
        Assert.Equal([true, false], new[] { "a", "a" }.Select(_desk.TryBegin));
        _desk.End("a");
        Assert.True(_desk.TryBegin("a"));
    }

    [Fact, Trait("Seeds", "C-7+")]
    public void What_failed_is_not_offered_a_slot_until_its_wait_is_over()
    {
        _desk.Wait(Page(1), _noon.AddMinutes(1));
        Assert.False(_desk.TryTake(Page(1), _noon.AddSeconds(59), true));
        Assert.True(_desk.TryTake(Page(1), _noon.AddMinutes(1), true));
    }

    [Fact, Trait("Seeds", "C-7+")]
    public void Failures_are_remembered_of_as_many_things_as_have_room_those_that_wait_longest_first()
    {
        for (var page = 1; page <= 4_097; page++) _desk.Wait(Page(page), _noon.AddMinutes(page));
        Assert.True(Take(1));
        Assert.False(Take(2));
        Assert.False(Take(4_097));
    }

    [Fact, Trait("Seeds", "C-6")]
    public void A_jobs_end_comes_before_views()
    {
        _desk.BeginJobEnd();
        Assert.False(Take(1));
        _desk.EndJobEnd();
        Assert.True(Take(1));
    }

    [Fact, Trait("Seeds", "C-5")]
    public void While_too_many_drawings_do_not_come_back_none_is_begun()
    {
        _desk.Hang(4);
        Assert.True(_desk.IsStuck);
        Assert.False(Take(1));
        _desk.Hang(-1);
        Assert.True(Take(1));
    }

    private bool Take(long page) => _desk.TryTake(Page(page), _noon, writerHasRoom: true);

    private static CardSubject Page(long id) => new(CardKind.Page, id);
}
