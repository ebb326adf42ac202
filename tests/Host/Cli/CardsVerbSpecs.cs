using Amble.App.Cli;
using Amble.Host.Specs.Fakes;
using Xunit;

namespace Amble.Host.Specs.Cli;

public sealed class CardsVerbSpecs : IDisposable
{
    private readonly Door _door = new();

    public void Dispose() => _door.Dispose();

    [Theory]
    [InlineData("--new or --changed is missing: which cards are to be drawn?")]
    [InlineData("--new and --changed are given together; allowed is one of them.", "--new", "--changed")]
    [InlineData("--budget: 'soon' is not allowed; allowed is a number of seconds or minutes up to a day, such as 30s or 10m.", "--new", "--budget", "soon")]
    [InlineData("--budget: '0s' is not allowed; allowed is a number of seconds or minutes up to a day, such as 30s or 10m.", "--changed", "--budget", "0s")]
    public async Task Wrong_usage_is_told_and_ends_with_2(string problem, params string[] options)
    {
        Assert.Equal(2, await _door.RunAsync(["cards", "--data", _door.Data, .. options]));
        Assert.Equal([problem], _door.Problems);
    }

    [Fact]
    public async Task Where_nothing_can_draw_that_is_a_plain_answer()
    {
        Assert.Equal(2, await _door.RunAsync("cards", "--new", "--data", _door.Data));
        Assert.StartsWith("Nothing can draw cards: no painter is built in", Assert.Single(_door.Problems));
    }

    [Theory]
    [InlineData("30s", 30)]
    [InlineData("45", 45)]
    [InlineData("10m", 600)]
    [InlineData("1440m", 86_400)]
    [InlineData("1441m", null)]
    [InlineData("86401s", null)]
    [InlineData("-1s", null)]
    [InlineData("1h", null)]
    [InlineData("s", null)]
    public void A_budget_is_seconds_or_minutes(string text, int? seconds)
    {
        Assert.Equal(seconds is not null, CardsVerb.TryReadSpan(text, out var span));
        if (seconds is { } some) Assert.Equal(TimeSpan.FromSeconds(some), span);
    }
}
