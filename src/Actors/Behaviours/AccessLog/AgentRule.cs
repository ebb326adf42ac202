using System.Buffers;
using Amble.Messages;

namespace Amble.Behaviours.AccessLog;

/// <summary>
/// What asks, by its User-Agent: the first row of the table whose word stands in it, in any case, decides. Without one, what begins as all
/// browsers do is a browser, and anything else is not known. Programs that call themselves browsers count as such: nobody can tell.
/// </summary>
public static class AgentRule
{
    // Names of one program each go before the words that many have in common.
    private static readonly (string Word, AgentClass Class)[] Table =
    [
        ("gptbot", AgentClass.Ai), ("chatgpt", AgentClass.Ai), ("oai-searchbot", AgentClass.Ai), ("claudebot", AgentClass.Ai), ("claude-", AgentClass.Ai),
        ("anthropic", AgentClass.Ai), ("perplexity", AgentClass.Ai), ("ccbot", AgentClass.Ai), ("bytespider", AgentClass.Ai), ("google-extended", AgentClass.Ai),
        ("meta-externalagent", AgentClass.Ai), ("amazonbot", AgentClass.Ai), ("cohere-ai", AgentClass.Ai), ("mistralai", AgentClass.Ai), ("duckassistbot", AgentClass.Ai),
        ("facebookexternalhit", AgentClass.Preview), ("facebookcatalog", AgentClass.Preview), ("twitterbot", AgentClass.Preview), ("slackbot", AgentClass.Preview),
        ("discordbot", AgentClass.Preview), ("telegrambot", AgentClass.Preview), ("whatsapp", AgentClass.Preview), ("linkedinbot", AgentClass.Preview),
        ("skypeuripreview", AgentClass.Preview), ("mastodon", AgentClass.Preview), ("bluesky", AgentClass.Preview), ("iframely", AgentClass.Preview),
        ("embedly", AgentClass.Preview), ("pinterestbot", AgentClass.Preview), ("redditbot", AgentClass.Preview), ("unfurl", AgentClass.Preview), ("preview", AgentClass.Preview),
        ("googlebot", AgentClass.Search), ("google-inspectiontool", AgentClass.Search), ("googleother", AgentClass.Search), ("bingbot", AgentClass.Search),
        ("duckduckbot", AgentClass.Search), ("yandexbot", AgentClass.Search), ("baiduspider", AgentClass.Search), ("applebot", AgentClass.Search), ("slurp", AgentClass.Search),
        ("seznambot", AgentClass.Search), ("qwantify", AgentClass.Search), ("petalbot", AgentClass.Search), ("sogou web", AgentClass.Search), ("yeti/", AgentClass.Search),
        ("uptime", AgentClass.Monitor), ("pingdom", AgentClass.Monitor), ("statuscake", AgentClass.Monitor), ("site24x7", AgentClass.Monitor), ("kube-probe", AgentClass.Monitor),
        ("elb-healthchecker", AgentClass.Monitor), ("googlehc", AgentClass.Monitor), ("blackbox", AgentClass.Monitor), ("nagios", AgentClass.Monitor), ("zabbix", AgentClass.Monitor),
        ("curl/", AgentClass.Tool), ("wget/", AgentClass.Tool), ("python", AgentClass.Tool), ("aiohttp", AgentClass.Tool), ("httpx", AgentClass.Tool), ("go-http-client", AgentClass.Tool),
        ("java/", AgentClass.Tool), ("okhttp", AgentClass.Tool), ("apache-httpclient", AgentClass.Tool), ("node-fetch", AgentClass.Tool), ("undici", AgentClass.Tool),
        ("axios", AgentClass.Tool), ("libwww-perl", AgentClass.Tool), ("ruby", AgentClass.Tool), ("php/", AgentClass.Tool), ("guzzle", AgentClass.Tool), ("postman", AgentClass.Tool),
        ("insomnia", AgentClass.Tool), ("httpie", AgentClass.Tool), ("powershell", AgentClass.Tool), ("wrk", AgentClass.Tool), ("hey/", AgentClass.Tool),
        ("headlesschrome", AgentClass.Bot), ("phantomjs", AgentClass.Bot), ("selenium", AgentClass.Bot), ("puppeteer", AgentClass.Bot), ("playwright", AgentClass.Bot),
        ("bot", AgentClass.Bot), ("crawl", AgentClass.Bot), ("spider", AgentClass.Bot), ("scrap", AgentClass.Bot), ("scan", AgentClass.Bot), ("fetch", AgentClass.Bot),
        ("feed", AgentClass.Bot), ("archiv", AgentClass.Bot), ("amble", AgentClass.Bot), ("lighthouse", AgentClass.Bot), ("http://", AgentClass.Bot), ("https://", AgentClass.Bot),
    ];

    // Most who come are browsers: one look finds that none of the words is there.
    private static readonly SearchValues<string> _words = SearchValues.Create([.. Table.Select(row => row.Word)], StringComparison.OrdinalIgnoreCase);

    /// <summary>A longer User-Agent is judged by its beginning.</summary>
    public const int MostLooked = 512;

    /// <summary>True for what is no reader: it is counted apart.</summary>
    public static bool IsBot(AgentClass agent) => agent != AgentClass.Browser;

    public static AgentClass Of(string? agent)
    {
        var text = agent.AsSpan();
        if (text.Length > MostLooked) text = text[..MostLooked];
        if (text.ContainsAny(_words))
        {
            foreach (var (word, what) in Table)
            {
                if (text.Contains(word, StringComparison.OrdinalIgnoreCase)) return what;
            }
        }
        return text.StartsWith("Mozilla/", StringComparison.Ordinal) || text.StartsWith("Opera/", StringComparison.Ordinal) ? AgentClass.Browser : AgentClass.Unknown;
    }
}
