using Amble.Behaviours.Owning;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Owning;

/// <summary>A restarted seed node never forms a second cluster (S-6): who stands first in the order may begin one.</summary>
[Trait("Seeds", "S-6")]
public sealed class JoinRuleSpecs
{
    private static readonly string[] Seeds = ["a:1", "b:1", "c:1"];

    [Theory]
    [InlineData("a:1")]
    [InlineData("c:1")]
    public void Where_nobody_is_a_member_the_order_is_that_of_the_seeds(string self) => Assert.Equal(Seeds, JoinRule.Order(Seeds, self, []));

    [Fact]
    public void The_first_seed_stands_last_while_others_are_members() => Assert.Equal(["b:1", "c:1", "a:1"], JoinRule.Order(Seeds, "a:1", ["b:1"]));

    [Fact]
    public void It_also_asks_members_that_are_no_seeds() => Assert.Equal(["d:1", "b:1", "c:1", "a:1"], JoinRule.Order(Seeds, "a:1", ["d:1"]));

    [Fact]
    public void A_single_seed_asks_the_members_too() => Assert.Equal(["d:1", "a:1"], JoinRule.Order(["a:1"], "a:1", ["d:1"]));

    [Theory]
    [InlineData("b:1")]
    [InlineData("d:1")]
    public void Whoever_is_not_first_asks_in_the_order_of_the_seeds(string self) => Assert.Equal(Seeds, JoinRule.Order(Seeds, self, ["c:1"]));
}
