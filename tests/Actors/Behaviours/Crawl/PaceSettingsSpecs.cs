using Amble.Behaviours.Crawl;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Crawl;

public sealed class PaceSettingsSpecs
{
    [Fact]
    public void The_defaults_are_allowed() => Assert.Empty(PaceSettings.Problems(PaceSettings.Default));

    [Fact]
    public void Zero_is_allowed_where_the_promises_give_it_a_meaning() =>
        Assert.Empty(PaceSettings.Problems(PaceSettings.Default with { WarmUp = TimeSpan.Zero, Floor = TimeSpan.Zero, JitterShare = 0 }));

    [Fact]
    public void All_problems_are_told_at_once_with_path_value_and_what_is_allowed()
    {
        var wrong = PaceSettings.Default with { WarmUp = TimeSpan.FromSeconds(-1), GoodInARow = 0, JitterShare = double.NaN, ProbeWaitMost = TimeSpan.FromSeconds(5) };
        Assert.Equal(
            [
                "Pace:WarmUp is -00:00:01; allowed is 00:00:00 to 00:01:00 (Cap).",
                "Pace:GoodInARow is 0; allowed is 1 to 1000.",
                "Pace:ProbeWaitMost is 00:00:05; allowed is 00:01:00 (HoldFor) to 1.00:00:00.",
                "Pace:JitterShare is NaN; allowed is 0 to 1.",
            ],
            PaceSettings.Problems(wrong).Select(p => p.ToString()));
    }

    [Fact]
    [Trait("Seeds", "P-13")]
    public void Serve_has_a_patience_of_its_own() =>
        Assert.Equal((TimeSpan.FromMinutes(30), TimeSpan.FromHours(24)), (PaceSettings.Default.GiveUpAfter, PaceSettings.Default.InServe().GiveUpAfter));
}
