using Amble.Host.Specs.Fakes;
using Xunit;

namespace Amble.Host.Specs.Cli;

public sealed class CommandLineSpecs : IDisposable
{
    private readonly Door _door = new();

    public void Dispose() => _door.Dispose();

    [Theory]
    [InlineData("crawl", "A start URL is missing")]
    [InlineData("crawl ftp://example.org/", "URL: 'ftp://example.org/' is not allowed; allowed is http://HOST/PATH or https://HOST/PATH.")]
    [InlineData("crawl https://user:secret@example.org/", "URL: 'https://user:secret@example.org/' is not allowed")]
    [InlineData("crawl https://example.org/ --max-pages 0", "--max-pages: '0' is not allowed; allowed is a whole number of at least 1.")]
    [InlineData("crawl https://example.org/ --max-depth many", "--max-depth: 'many' is not allowed; allowed is a whole number of at least 0.")]
    [InlineData("crawl https://example.org/ --concurrency 1001", "--concurrency: '1001' is not allowed; allowed is a whole number from 1 to 1,000.")]
    [InlineData("crawl https://example.org/ --connect-to nowhere", "--connect-to: 'nowhere' is not allowed; allowed is HOST:PORT")]
    [InlineData("crawl https://example.org/ --hot", "'--hot' is no option of `amble crawl`")]
    [InlineData("crawl https://example.org/ --postgres Hots=db;Password=hush", "--postgres: '***' is not allowed; allowed is keys and values")]
    [InlineData("serve --postgres Host=db --data /tmp", "--data: '/tmp' is not allowed; allowed is it or --postgres, not both")]
    [InlineData("crawl https://example.org/ --max-pages --unpaced", "--max-pages is given no value: '--unpaced' follows.")]
    [InlineData("crawl https://example.org/ --seeds /nowhere/at/all", "--seeds: '/nowhere/at/all' is not allowed")]
    [InlineData("crawl http://127.0.0.1:8080/", "need --allow-private")]
    [InlineData("crawl http://[::1]/", "need --allow-private")]
    [InlineData("crawl https://example.org/ --connect-to 10.0.0.1:80", "need --allow-private")]
    [InlineData("crawl http://192.0.2.1/ --unpaced", "--unpaced: '192.0.2.1' is not allowed; allowed is loopback and private addresses only")]
    [InlineData("crawl https://example.org/ --unpaced --connect-to 192.0.2.1:80", "--unpaced: '192.0.2.1' is not allowed")]
    [InlineData("serve --hostname 127.0.0.1", "--hostname is of use only with --cluster.")]
    [InlineData("serve --port 65536", "--port: '65536' is not allowed; allowed is a whole number from 1 to 65,535")]
    [InlineData("serve --seed-nodes 10.0.0.1", "--seed-nodes: '10.0.0.1' is not allowed; allowed is HOST:PORT, several with commas between")]
    [InlineData("serve --http 8080", "--http: '8080' is not allowed; allowed is HOST:PORT")]
    [InlineData("serve now", "'now' is one word too many")]
    [InlineData("retry", "JOB is missing")]
    [InlineData("cancel one", "JOB: 'one' is not allowed")]
    [InlineData("export", "JOB is missing")]
    [InlineData("export 1 --format --class", "--format is given no value: '--class' follows.")]
    [InlineData("walk", "'walk' is no command; allowed are crawl, serve, demo, retry, cancel, cards, purge, export, inspect, token")]
    [InlineData("", "A command is missing")]
    public async Task A_wrong_command_line_ends_with_2_and_one_sentence(string line, string sentence)
    {
        var exit = await _door.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(2, exit);
        Assert.Contains(sentence, Assert.Single(_door.Problems));
        Assert.Empty(_door.Node.Said);
    }

    [Fact]
    public async Task All_problems_are_told_at_once()
    {
        var seeds = _door.File("seeds.txt", "# start\nhttps://example.org/\nnot a url\n\ngopher://example.org/\n");
        _door.Environment["AMBLE_COLOUR"] = "green";
        _door.SettingsFile = """{ "amble": { "concurrency": 0, "speed": 3 } }""";

        var exit = await _door.RunAsync("crawl", "mailto:a@b", "--seeds", seeds, "--max-pages", "-1", "--max-depth", "x", "--csv");

        Assert.Equal(2, exit);
        Assert.Equal(9, _door.Problems.Length);
        Assert.Contains(_door.Problems, problem => problem.StartsWith($"{seeds}, line 3: 'not a url'", StringComparison.Ordinal));
        Assert.Contains(_door.Problems, problem => problem.StartsWith($"{seeds}, line 5: 'gopher://example.org/'", StringComparison.Ordinal));
        Assert.Contains(_door.Problems, problem => problem.StartsWith("environment: 'AMBLE_COLOUR'", StringComparison.Ordinal));
        Assert.Contains(_door.Problems, problem => problem.StartsWith("appsettings.json amble: 'speed'", StringComparison.Ordinal));
        Assert.Contains(_door.Problems, problem => problem.StartsWith("appsettings.json amble:concurrency: '0'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--help", "crawl")]
    [InlineData("crawl --help", "--max-pages")]
    [InlineData("--version", ".")]
    public async Task Help_is_no_trouble(string line, string says)
    {
        Assert.Equal(0, await _door.RunAsync(line.Split(' ')));
        Assert.Contains(says, _door.Out);
    }

    [Fact]
    public async Task The_words_of_the_design_are_all_understood()
    {
        var seeds = _door.File("seeds.txt", "http://b.test/\n");
        var json = _door.PathOf("sums.json");

        var exit = await _door.CrawlAsync(
            "http://a.test/", "--seeds", seeds, "--max-pages", "5", "--max-depth", "2", "--include", "/a/*", "--include", "/b/*", "--exclude", "*.pdf", "--concurrency", "7",
            "--connect-to", "127.0.0.1:18080", "--allow-private", "--unpaced", "--json", json);

        Assert.Equal("", string.Join('\n', _door.Problems));
        Assert.Equal(0, exit);
        Assert.Equal(["http://a.test/", "http://b.test/"], _door.Node.ReadJobs(9, null, null).Select(job => job.Job.Start.Text).Order());
        var asked = _door.Node.ReadJobs(9, null, null)[0].Job.Asked;
        Assert.Equal((5, 2, 7, true), (asked.Limits.MaxPages, asked.Limits.MaxDepth, asked.Concurrency, asked.Unpaced));
        Assert.Equal(["/a/*", "/b/*"], asked.Limits.Include);
        Assert.Equal(["*.pdf"], asked.Limits.Exclude);
        Assert.Equal(7, _door.Node.OpenedWith?.MaxInFlight);
        Assert.Equal("127.0.0.1:18080", _door.Node.OpenedWith?.Web.ConnectTo);
    }

    [Fact]
    [Trait("Seeds", "P-13")]
    public async Task A_crawl_opens_its_node_with_the_constants_that_are_set()
    {
        _door.Environment["AMBLE_PACE__FLOORMS"] = "0";
        _door.SettingsFile = """{ "amble": { "retry": { "throttleRetries": 3 }, "writer": { "turnMs": 10 }, "web": { "fetchTimeoutSeconds": 5 } } }""";

        await _door.CrawlAsync("https://example.org/");

        var node = _door.Node.OpenedWith!;
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromMinutes(30), 3), (node.Crawl.Pace.Floor, node.Crawl.Pace.GiveUpAfter, node.Crawl.Retry.ThrottleRetries));
        Assert.Equal((TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(5)), (node.Writer.Turn, node.Web.FetchTimeout));
    }

    [Fact]
    [Trait("Seeds", "P-13")]
    public async Task Serve_opens_its_node_with_its_own_patience_and_says_what_is_in_force()
    {
        using var interrupt = new CancellationTokenSource();
        _door.Environment["AMBLE_PACE__FLOORMS"] = "0";
        var serve = _door.RunAsync(interrupt.Token, "serve", "--data", _door.Data, "--http", $"127.0.0.1:{FreePort()}");
        while (!serve.IsCompleted && !_door.Node.Said.Contains("start"))
        {
            await Task.Yield();
        }
        await interrupt.CancelAsync();

        Assert.Equal(0, await serve);
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromHours(24)), (_door.Node.OpenedWith!.Crawl.Pace.Floor, _door.Node.OpenedWith.Crawl.Pace.GiveUpAfter));
        Assert.Matches("pace:floorMs +0 +environment", _door.Out);
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    [Theory]
    [InlineData("example.org", "https://example.org/")]
    [InlineData("example.org:8443/a?b", "https://example.org:8443/a?b")]
    public async Task A_host_without_scheme_is_crawled_by_https_and_told(string text, string start)
    {
        await _door.CrawlAsync(text);

        Assert.Equal(start, Assert.Single(_door.Node.ReadJobs(9, null, null)).Job.Start.Text);
        Assert.Contains("has no scheme", _door.Err);
    }
}
