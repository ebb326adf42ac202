using Amble.Behaviours.Ports;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

/// <summary>The access log: batches that come twice, rows that cannot be stored, what is missing, and the views that it comes to.</summary>
public abstract partial class StoreContract
{
    private static readonly HitSource Life = new(new Guid(1, 0, 0, new byte[8]), "here", Start);

    [Fact, Trait("Seeds", "A-8+")]
    public void A_batch_that_comes_again_is_there_once()
    {
        var batch = Batch(1, Hit("/jobs/1"), Hit("/jobs/1"), Hit("/jobs/1", agent: AgentClass.Search));
        Assert.Equal(new WriterProtocol.HitsSaved(Life.Life, 1, 0), Store.CommitTwice<WriterProtocol.HitsSaved>(batch));
        Store.Commit<WriterProtocol.HitsSaved>(Batch(2, Hit("/jobs/1")));
        Assert.Equal(new Views(3, 1), Store.Access.ReadViews("/jobs/1"));
        Assert.Equal(4, Assert.Single(Store.Access.ReadKept()).Hits);
        Assert.Empty(Store.Access.ReadGaps(10));
    }

    [Fact]
    public void Only_answered_pages_are_views_and_a_day_is_one_of_UTC()
    {
        Store.Commit<WriterProtocol.HitsSaved>(Batch(1,
            Hit("/pages/1"), Hit("/pages/1", status: 304), Hit("/pages/1", status: 404), Hit("/pages/1", method: "HEAD"), Hit("/api/jobs", kind: HitKind.Api),
            Hit("/pages/1", at: 11.9 * 3600), Hit("/pages/1", at: 12 * 3600)));
        Assert.Equal(
            [new DayViews(new DateOnly(2026, 3, 2), new Views(1, 0)), new DayViews(new DateOnly(2026, 3, 1), new Views(3, 0))], Store.Access.ReadDays("/pages/1", 10));
        Assert.Equal([1L, 6], Store.Access.ReadKept().Select(day => day.Hits));
        Assert.Equal(new Views(0, 0), Store.Access.ReadViews("/api/jobs"));
        Assert.Equal(new DayViews(new DateOnly(2026, 3, 2), new Views(1, 0)), Assert.Single(Store.Access.ReadAllDays(new DateOnly(2026, 3, 2))));
    }

    [Theory, Trait("Seeds", "A-8+")]
    [InlineData(0)]
    [InlineData(77)]
    [InlineData(127)]
    public void A_bad_row_is_found_set_aside_and_told_of_and_the_others_are_stored(int bad)
    {
        var hits = Enumerable.Range(0, 128).Select(i => Hit("/jobs/1", at: i, status: i == bad ? 5_000 : 200)).ToArray();
        var saved = Store.CommitTwice<WriterProtocol.HitsSaved>(Batch(1, hits));
        Assert.Equal(1, saved.Aside);
        Assert.Equal(new Views(127, 0), Store.Access.ReadViews("/jobs/1"));
        Assert.Equal(127, Assert.Single(Store.Access.ReadKept()).Hits);
        Assert.Equal(new ToldGap("here", new HitGap(After(bad), After(bad), GapReason.Poison, 1)), Assert.Single(Store.Access.ReadGaps(10)));
    }

    [Fact]
    public void A_bad_row_in_a_turn_harms_none_of_its_other_commands()
    {
        var replies = Store.Writes.Commit([Batch(1, Hit("/"), Hit("/", status: 5_000)), new WriterProtocol.CreateJob(New(), Start), Batch(2, Hit("/"))]);
        Assert.Equal([1, 0], replies.OfType<WriterProtocol.HitsSaved>().Select(saved => saved.Aside));
        Assert.Single(replies.OfType<WriterProtocol.JobCreated>());
        Assert.Equal(2, Assert.Single(Store.Access.ReadKept()).Hits);
    }

    [Fact, Trait("Seeds", "A-7+")]
    public void What_was_dropped_is_a_row_of_the_log()
    {
        var gap = new HitGap(After(1), After(2), GapReason.Full, 17);
        Store.CommitTwice<WriterProtocol.HitsSaved>(Batch(1) with { Gaps = [gap] });
        Assert.Equal([new ToldGap("here", gap)], Store.Access.ReadGaps(10));
    }

    [Fact, Trait("Seeds", "A-6")]
    public void A_life_that_never_ended_leaves_a_gap_that_the_next_one_tells()
    {
        Store.Commit<WriterProtocol.HitsSaved>(Batch(1, Hit("/", at: 5)));
        Store.CommitTwice<WriterProtocol.HitsSaved>(NextLife(2, at: 60));
        Assert.Equal([new ToldGap("here", new HitGap(After(5), After(60), GapReason.Unknown, null))], Store.Access.ReadGaps(10));
        Store.Commit<WriterProtocol.HitsSaved>(NextLife(3, at: 90) with { Source = new HitSource(new Guid(3, 0, 0, new byte[8]), "elsewhere", After(90)) });
        Assert.Single(Store.Access.ReadGaps(10));
    }

    [Fact, Trait("Seeds", "A-6")]
    public void A_life_that_ended_in_order_leaves_none()
    {
        Store.Commit<WriterProtocol.HitsSaved>(Batch(1, Hit("/")) with { IsLast = true });
        Store.Commit<WriterProtocol.HitsSaved>(NextLife(2, at: 60));
        Assert.Empty(Store.Access.ReadGaps(10));
    }

    [Theory, Trait("Seeds", "A-7+")]
    [InlineData(1, 12L, 30L)]
    [InlineData(2, 30L)]
    public void What_a_stop_left_behind_is_told_exactly_by_the_next_life(int stored, params long[] counts)
    {
        for (var sequence = 1; sequence <= stored; sequence++) Store.Commit<WriterProtocol.HitsSaved>(Batch(sequence, Hit("/")));
        HitGap Late(long count) => new(After(10), After(15), GapReason.Deadline, count);
        var next = NextLife(2, at: 60) with { Left = [new HitsLeft(Life.Life, 2, [Late(12)], [Late(30)])] };
        Store.Commit<WriterProtocol.HitsSaved>(next);
        Store.Commit<WriterProtocol.HitsSaved>(NextLife(3, at: 90) with { Left = next.Left, IsLast = true });
        Assert.Equal(counts, Store.Access.ReadGaps(10).Where(told => told.Gap.Reason == GapReason.Deadline).Select(told => told.Gap.Count!.Value).Order());
        Assert.Equal(1, Store.Access.ReadGaps(10).Count(told => told.Gap.Reason == GapReason.Unknown));
    }

    private static WriterProtocol.SaveHits Batch(long sequence, params Hit[] hits) => new(Life, sequence, hits, [], [], false);

    private static WriterProtocol.SaveHits NextLife(int number, double at) =>
        new(new HitSource(new Guid(number, 0, 0, new byte[8]), "here", After(at)), 1, [], [], [], false);

    private static Hit Hit(
        string path, double at = 0, int status = 200, string method = "GET", HitKind kind = HitKind.Page, AgentClass agent = AgentClass.Browser) =>
        new(After(at), method, path, kind, status, 1_000, TimeSpan.FromMilliseconds(2), status == 304, "192.0.2.0/24", agent);
}
