using Amble.Behaviours.AccessLog;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.AccessLog;

/// <summary>Readers and bots are told apart by what they say of themselves.</summary>
public sealed class AgentRuleSpecs
{
    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36", AgentClass.Browser)]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1", AgentClass.Browser)]
    [InlineData("Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; .NET CLR 2.0.50727)", AgentClass.Browser)]
    [InlineData("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36 YaBrowser/25.9", AgentClass.Browser)]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", AgentClass.Search)]
    [InlineData("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", AgentClass.Search)]
    [InlineData("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)", AgentClass.Ai)]
    [InlineData("Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", AgentClass.Preview)]
    [InlineData("facebookexternalhit/1.1", AgentClass.Preview)]
    [InlineData("kube-probe/1.31", AgentClass.Monitor)]
    [InlineData("curl/8.9.1", AgentClass.Tool)]
    [InlineData("python-requests/2.32", AgentClass.Tool)]
    [InlineData("Mozilla/5.0 (compatible; Something; +https://something.test/)", AgentClass.Bot)]
    [InlineData("Mozilla/5.0 HeadlessChrome/140.0.0.0 Safari/537.36", AgentClass.Bot)]
    [InlineData("\u001b[31mwho", AgentClass.Unknown)]
    [InlineData("", AgentClass.Unknown)]
    [InlineData(null, AgentClass.Unknown)]
    public void What_asks_is_told_by_its_own_word(string? agent, AgentClass expected) => Assert.Equal(expected, AgentRule.Of(agent));

    [Fact]
    public void A_word_beyond_what_is_looked_at_changes_nothing() =>
        Assert.Equal(AgentClass.Browser, AgentRule.Of("Mozilla/5.0 " + new string('x', AgentRule.MostLooked) + " bot"));

    [Fact]
    public void Only_browsers_are_readers() =>
        Assert.Equal([AgentClass.Browser], Enum.GetValues<AgentClass>().Where(agent => !AgentRule.IsBot(agent)));
}
