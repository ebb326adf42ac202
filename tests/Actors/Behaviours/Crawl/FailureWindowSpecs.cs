using Amble.Behaviours.Crawl;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Crawl;

[Trait("Seeds", "P-15+")]
public sealed class FailureWindowSpecs
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(5);

    [Fact]
    public void A_window_that_is_not_full_proves_nothing()
    {
        var window = FailureWindow.Empty;
        for (var i = 0; i < 1000; i++) window = window.Add(true, Answers.Epoch.AddMilliseconds(i * 299), Length);
        Assert.False(window.MostFailed(Answers.Epoch.AddSeconds(299), Length, 10));
        Assert.True(window.MostFailed(Answers.Epoch.AddSeconds(300), Length, 10));
    }

    [Fact]
    public void What_is_older_than_the_window_is_forgotten()
    {
        var window = FailureWindow.Empty;
        for (var i = 0; i < 100; i++) window = window.Add(true, Answers.Epoch.AddSeconds(i), Length);
        for (var i = 100; i < 500; i += 10) window = window.Add(false, Answers.Epoch.AddSeconds(i), Length);
        Assert.False(window.MostFailed(Answers.Epoch.AddSeconds(500), Length, 10));
    }

    [Fact]
    public void A_silence_as_long_as_the_window_begins_it_anew()
    {
        var later = Answers.Epoch.AddMinutes(11);
        Assert.Equal(later, FailureWindow.Empty.Add(true, Answers.Epoch, Length).Add(true, later, Length).Since);
    }
}
