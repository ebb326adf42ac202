using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Messages;

public class TrackingParametersSpecs
{
    [Theory]
    [InlineData("utm_source", true)]
    [InlineData("UTM_anything", true)]
    [InlineData("GCLID", true)]
    [InlineData("gclids", false)]
    [InlineData("_ga", true)]
    [InlineData("page", false)]
    [InlineData("", false)]
    public void The_usual_list_drops_marks_and_keeps_names(string name, bool drops) => Assert.Equal(drops, Read(TrackingParameters.Usual)!.Drops(name));

    [Fact]
    public void A_list_of_one_s_own_replaces_the_usual_one_and_nothing_drops_nothing()
    {
        Assert.True(Read(" ref , aff_* ")!.Drops("aff_id"));
        Assert.False(Read("ref,aff_*")!.Drops("gclid"));
        Assert.False(Read("")!.Drops("utm_source"));
        Assert.Equal("ref,aff_*", Read(" ref , aff_* ")!.ToString());
    }

    [Theory]
    [InlineData("*")]
    [InlineData("a*b")]
    [InlineData("a=b")]
    [InlineData("a b")]
    public void What_cannot_be_a_name_is_refused(string text) => Assert.Null(Read(text));

    [Fact]
    public void A_process_has_one_list()
    {
        TrackingParameters.Use(Read(TrackingParameters.Usual)!);
        TrackingParameters.Use(Read(TrackingParameters.Usual)!);
        Assert.Throws<InvalidOperationException>(() => TrackingParameters.Use(Read("other")!));
    }

    private static TrackingParameters? Read(string text) => TrackingParameters.TryRead(text, out var parameters) ? parameters : null;
}
