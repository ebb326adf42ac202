using System.Net;
using System.Net.Sockets;
using Amble.Messages;
using Xunit;

namespace Amble.Processes.Specs;

/// <summary>What a user can get wrong: each is one clear sentence on standard error and exit code 2, and nothing is made or changed.</summary>
public sealed class BadInputSpecs : IDisposable
{
    private const string Start = "http://127.0.0.1:9/";

    private readonly DataPlace _place = new();

    public void Dispose() => _place.Dispose();

    public static TheoryData<string, string[], string[]> Wrong => new()
    {
        { "not a URL", ["crawl", "not a url"], ["URL: 'not a url' is not allowed; allowed is http://HOST/PATH"] },
        { "another scheme", ["crawl", "ftp://example.test/"], ["URL: 'ftp://example.test/' is not allowed; allowed is http://HOST/PATH"] },
        { "nothing to crawl", ["crawl"], ["A start URL is missing; allowed is http://HOST/PATH"] },
        { "a private address", ["crawl", Start], ["loopback and private ones need --allow-private"] },
        { "no such option", ["crawl", Start, "--allow-private", "--fast"], ["'--fast' is no option of `amble crawl`; allowed are --seeds, "] },
        { "no such command", ["crwal", Start], ["'crwal' is no command; allowed are crawl, serve, "] },
        { "no seeds file", ["crawl", "--seeds", "/nowhere/seeds.txt"], ["--seeds: '/nowhere/seeds.txt' is not allowed; allowed is a file that can be read"] },
        { "a job that is no number", ["cancel", "first"], ["JOB: 'first' is not allowed; allowed is one job's number"] },
        {
            "several at once", ["crawl", "ftp://example.test/", "--fast", "--max-pages", "zero", "--concurrency", "0"],
            [
                "URL: 'ftp://example.test/' is not allowed", "'--fast' is no option of `amble crawl`", "--max-pages: 'zero' is not allowed; allowed is a whole number",
                "--concurrency: '0' is not allowed; allowed is a whole number from 1 to 1,000",
            ]
        },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_wrong_command_line_is_told_and_nothing_is_made(string what, string[] words, string[] sentences)
    {
        var problems = (await AmbleProcess.RunAsync([.. words, "--data", _place.Folder])).Refused(sentences.Length);
        Assert.All(sentences, sentence => Assert.Contains(problems, problem => problem.Contains(sentence, StringComparison.Ordinal)));
        Assert.False(Directory.Exists(_place.Folder), $"{what}: the data directory was made.");
    }

    [Fact]
    public async Task An_unknown_setting_is_told_with_the_ones_that_are_known()
    {
        await using var amble = AmbleProcess.Start(
            new Dictionary<string, string> { ["AMBLE_SPEED"] = "9" }, "crawl", Start, "--allow-private", "--data", _place.Folder);
        Assert.Contains("environment: 'AMBLE_SPEED' is not allowed; allowed is AMBLE_HTTP, ", (await amble.EndAsync()).Refused().Single(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_place.Folder));
    }

    [Theory, InlineData("missing/sums.json"), InlineData("")]
    public async Task A_summary_that_cannot_be_written_costs_no_crawl(string name)
    {
        var target = _place.Beside(name);
        var problem = (await AmbleProcess.RunAsync("crawl", Start, "--allow-private", "--data", _place.Folder, "--json", target)).Refused().Single();
        Assert.StartsWith($"--json: '{target}' cannot be written: ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain(".new", problem, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_place.Folder));
    }

    [Fact]
    public async Task A_data_directory_that_is_a_file_is_told_and_left_as_it_is()
    {
        File.WriteAllText(_place.Folder, "mine");
        var problem = (await AmbleProcess.RunAsync("crawl", Start, "--allow-private", "--data", _place.Folder)).Refused().Single();
        Assert.StartsWith($"The data directory '{_place.Folder}' cannot be used: ", problem, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_place.Folder));
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_used_is_told()
    {
        // Not even root can make files there.
        var place = OperatingSystem.IsLinux() ? "/proc/amble" : "/dev/null/amble";
        var problem = (await AmbleProcess.RunAsync("crawl", Start, "--allow-private", "--data", place)).Refused().Single();
        Assert.StartsWith($"The data directory '{place}' cannot be used: ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_told_and_left_as_it_is()
    {
        Directory.CreateDirectory(_place.Folder);
        var text = new string('x', 5_000);
        File.WriteAllText(_place.Database, text);
        var problem = (await AmbleProcess.RunAsync("crawl", Start, "--allow-private", "--data", _place.Folder)).Refused().Single();
        Assert.Contains($"{_place.Database} is not an SQLite database; move it away or choose another data directory.", problem, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(_place.Database));
    }

    [Fact]
    public async Task An_unknown_host_fails_the_job_with_its_name()
    {
        const string start = "http://no-such-host.invalid/";
        var outcome = (await AmbleProcess.RunAsync("crawl", start, "--data", _place.Folder, "--json", _place.Beside("sums.json"))).AssertCode(2);
        AssertFailed(outcome, start, "^(There is no host named no-such-host.invalid|The name no-such-host.invalid could not be looked up just now).$");
    }

    [Fact]
    public async Task A_port_where_nobody_listens_fails_the_job_with_its_number()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        // Bound and not listening: nobody else can take it meanwhile, and it refuses.
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        var start = $"http://127.0.0.1:{port}/";
        var outcome = (await AmbleProcess.RunAsync("crawl", start, "--allow-private", "--data", _place.Folder, "--json", _place.Beside("sums.json"))).AssertCode(2);
        AssertFailed(outcome, start, $"^Nobody listens at 127.0.0.1, port {port}.$");
    }

    private void AssertFailed(Outcome outcome, string start, string reason)
    {
        var sums = _place.ReadJson("sums.json");
        Assert.Equal(("failed", start), ((string)sums["state"]!, (string)sums["start"]!));
        Assert.Matches(reason, (string)sums["reason"]!);
        Assert.Contains((string)sums["reason"]!, outcome.Out, StringComparison.Ordinal);
        Assert.Empty(outcome.Problems);
        var stored = _place.Look();
        Assert.Empty(stored.Contradictions);
        Assert.Equal(JobState.Failed, stored.Job.State);
    }
}
