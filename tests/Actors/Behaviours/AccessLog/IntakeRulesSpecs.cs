using Amble.Behaviours.AccessLog;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.AccessLog;

/// <summary>The rules of the intake by themselves.</summary>
public sealed class IntakeRulesSpecs
{
    private static readonly AccessLogSettings Usual = AccessLogSettings.Default;
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact, Trait("Seeds", "A-8+")]
    public void Whichever_rows_are_bad_those_and_no_others_are_set_aside() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var dice = new Random(seed);
        var count = dice.Next(0, 300);
        var bad = Enumerable.Range(0, count).Where(_ => dice.Next(40) == 0).ToHashSet();
        var (stored, tries) = (new List<int>(), 0);
        var poison = PoisonRule.Isolate(count, (from, many) =>
        {
            tries++;
            if (Enumerable.Range(from, many).Any(bad.Contains)) return false;
            stored.AddRange(Enumerable.Range(from, many));
            return true;
        });
        Assert.Equal(bad.Order(), poison);
        Assert.Equal(Enumerable.Range(0, count).Except(bad), stored);
        Assert.InRange(tries, 0, 1 + 2 * bad.Count * (int)Math.Ceiling(Math.Log2(count + 2)));
    }).QuickCheckThrowOnFailure();

    [Theory, Trait("Seeds", "A-8+")]
    [InlineData(1, 0, 100)]
    [InlineData(1, 1, 50)]
    [InlineData(4, 0, 800)]
    [InlineData(7, 0, 5_000)]
    [InlineData(1_000, 1, 2_500)]
    public void Waits_double_up_to_five_seconds_and_chance_shortens_them_by_half_at_most(int failures, double chance, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), RetryRule.Wait(failures, chance));

    [Theory, Trait("Seeds", "A-2")]
    [InlineData(0, false, null)]
    [InlineData(1, false, 2.0)]
    [InlineData(127, false, 2.0)]
    public void A_batch_is_due_when_its_oldest_is(int waiting, bool closing, double? seconds) =>
        Assert.Equal(seconds is { } after ? Noon.AddSeconds(after) : null, BatchRule.Due(waiting, Noon, closing, Usual));

    [Theory, Trait("Seeds", "A-2")]
    [InlineData(128, false)]
    [InlineData(5_000, false)]
    [InlineData(1, true)]
    public void A_full_batch_is_due_at_once_and_so_is_any_once_it_closes(int waiting, bool closing) =>
        Assert.Equal(DateTimeOffset.MinValue, BatchRule.Due(waiting, Noon, closing, Usual));

    [Theory, Trait("Seeds", "A-9+")]
    [InlineData(128, 0, 128)]
    [InlineData(128, 128, 256)]
    [InlineData(2_048, 60_000, 4_096)]
    [InlineData(4_096, 60_000, 4_096)]
    [InlineData(4_096, 1_000, 4_096)]
    [InlineData(4_096, 127, 128)]
    public void A_batch_doubles_while_as_much_is_left_behind(int size, int left, int next) => Assert.Equal(next, BatchRule.Next(size, left, Usual));

    [Theory, Trait("Seeds", "A-10+")]
    [InlineData(57_343, 0, false, true)]
    [InlineData(57_344, 0, false, false)]
    [InlineData(57_344, 0, true, true)]
    [InlineData(65_535, 0, true, true)]
    [InlineData(65_536, 0, true, false)]
    [InlineData(10, 58_720_000, false, true)]
    [InlineData(10, 58_720_256, false, false)]
    [InlineData(10, 58_720_256, true, true)]
    [InlineData(10, 67_108_864, true, false)]
    [InlineData(0, 0, false, true)]
    public void There_is_room_up_to_the_share_that_is_kept_for_errors(int entries, long bytes, bool isReserved, bool may) =>
        Assert.Equal(may, AdmissionRule.MayEnter(AdmissionRule.Of(entries, bytes), 200, isReserved, Usual));

    [Fact]
    public void Settings_that_cannot_be_are_told_all_at_once()
    {
        Assert.Empty(AccessLogSettings.Problems(Usual));
        var wrong = AccessLogSettings.Problems(new AccessLogSettings(0, 20_000, TimeSpan.Zero, 5, 0, 0.9, TimeSpan.FromHours(1), "whole"));
        Assert.Equal(["Batch", "BatchMost", "Within", "Entries", "Bytes", "ReservedShare", "Drain", "Client"], wrong.Select(problem => problem.Property));
    }
}
