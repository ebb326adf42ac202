using System.Net;
using Amble.App.Settings;
using Amble.App.Web;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Writing;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Settings;

public sealed class SettingsSpecs
{
    [Fact]
    public void The_command_line_outweighs_the_environment_and_that_the_file()
    {
        var (settings, problems) = SettingsReader.Read(
            """{ "Logging": {}, "amble": { "concurrency": 3, "http": "127.0.0.1:1", "web": { "contact": "https://example.org/bot" } } } // ours""",
            [new("AMBLE_CONCURRENCY", "4"), new("AMBLE_HTTP", "127.0.0.1:2"), new("PATH", "/bin")],
            new Dictionary<string, string> { ["--http"] = "127.0.0.1:3" });

        Assert.Empty(problems);
        Assert.Equal((4, "127.0.0.1:3", "https://example.org/bot"), (settings.Concurrency, settings.Http.ToString(), settings.Contact));
        Assert.Contains(settings.Lines(), line => line.Contains("concurrency", StringComparison.Ordinal) && line.EndsWith("environment", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_wrong_setting_is_told_with_path_value_and_what_is_allowed()
    {
        var (_, problems) = SettingsReader.Read(
            """{ "amble": { "allowPrivate": "yes", "pase": 1, "retry": 2, "pace": { "floorMs": true, "floor": 3 } }, "ambel": {} }""", [new("AMBLE_HTTP", "nowhere"), new("AMBLE_X", "1"), new("AMBLE_WEB__CAP", "1"), new("AMBLE_PACE__STEPMS", "1e3")],
            new Dictionary<string, string> { ["--concurrency"] = "none" });

        string[] wrong =
        [
            "--concurrency: 'none'", "AMBLE_HTTP: 'nowhere'", "AMBLE_PACE__STEPMS: '1e3'", "appsettings.json amble: 'pase'", "appsettings.json amble:allowPrivate: 'yes'",
            "appsettings.json amble:pace: 'floor'", "appsettings.json amble:pace:floorMs: 'true'", "appsettings.json amble:retry: '2'", "appsettings.json: 'ambel'",
            "environment: 'AMBLE_WEB__CAP'", "environment: 'AMBLE_X'",
        ];
        Assert.Equal(wrong, problems.Select(problem => problem.ToString().Split(" is not allowed; allowed is ")[0]).Order(StringComparer.Ordinal));
        Assert.All(problems, problem => Assert.NotEmpty(problem.Allowed));
    }

    [Fact]
    public void Constants_are_plain_numbers_with_their_unit_in_the_name()
    {
        var (settings, problems) = SettingsReader.Read(
            """{ "amble": { "pace": { "floorMs": 250, "capMs": 30000, "jitterShare": 0.25, "giveUpAfterMinutes": 1.5 }, "web": { "bodyCapBytes": 1048576 }, "writer": { "turnMs": 5 } } }""",
            [new("AMBLE_PACE__FLOORMS", "125"), new("AMBLE_CRAWL__WINDOW", "64"), new("AMBLE_TRAPS__DATES", "20")], new Dictionary<string, string> { ["--allow-private"] = "true" });

        Assert.Empty(problems);
        var pace = PaceSettings.Default with { Floor = Ms(125), Cap = Ms(30_000), JitterShare = 0.25, GiveUpAfter = TimeSpan.FromSeconds(90) };
        Assert.Equal(CrawlSettings.Default with { Pace = pace, Window = 64 }, settings.Crawl);
        Assert.Equal(WebSettings.Default with { BodyCap = 1 << 20, AllowPrivate = true }, settings.Web);
        Assert.Equal(WriterQueueSettings.Default with { Turn = Ms(5) }, settings.Writer);
        Assert.Equal(TrapSettings.Default with { Dates = 20 }, settings.Node(null, null).Traps);
    }

    [Fact]
    public void Constants_that_do_not_fit_together_are_told_with_their_own_names_and_units()
    {
        var (_, problems) = SettingsReader.Read(
            """{ "amble": { "pace": { "capMs": 1000, "goodInARow": 0, "holdForSeconds": 20 }, "writer": { "entries": 1 }, "web": { "localAddress": "here" } } }""",
            [new("AMBLE_PACE__FLOORMS", "1500.5"), new("AMBLE_WEB__CONTACT", "me")], new Dictionary<string, string>());

        Assert.Equal(
            [
                "AMBLE_PACE__FLOORMS: '1500.5' is not allowed; allowed is 0 to 1000 (capMs).",
                "AMBLE_WEB__CONTACT: 'me' is not allowed; allowed is an absolute http or https URL without spaces and parentheses.",
                "amble:pace:warmUpMs, by default: '2000' is not allowed; allowed is 0 to 1000 (capMs).",
                "appsettings.json amble:pace:goodInARow: '0' is not allowed; allowed is 1 to 1000.",
                "appsettings.json amble:web:localAddress: 'here' is not allowed; allowed is an IP address of this machine.",
                "appsettings.json amble:writer:entries: '1' is not allowed; allowed is 64 to 1000000.",
            ],
            problems.Select(problem => problem.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("Seeds", "P-8")]
    public void The_old_policy_can_be_set()
    {
        var (settings, problems) = SettingsReader.Read(
            """
            { "amble": { "pace": { "floorMs": 0, "warmUpMs": 0, "settles": false },
                         "retry": { "throttleRetries": 3, "errorRetries": 3, "chargesEveryRefusal": true } } }
            """, [], new Dictionary<string, string>());

        Assert.Empty(problems);
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero, false), (settings.Crawl.Pace.Floor, settings.Crawl.Pace.WarmUp, settings.Crawl.Pace.Settles));
        Assert.Equal((3, 3, true), (settings.Crawl.Retry.ThrottleRetries, settings.Crawl.Retry.ErrorRetries, settings.Crawl.Retry.ChargesEveryRefusal));
        // What it comes to: a domain never crawled begins without any delay, and with no bound of its own on what is in flight.
        var pace = Pace.Recover(DomainMemory.Blank(DomainName.Of("a.test", 80)), settings.Crawl.Pace, DateTimeOffset.UnixEpoch);
        Assert.Equal((TimeSpan.Zero, int.MaxValue), (pace.Delay, pace.Slots));
    }

    [Theory]
    [Trait("Seeds", "P-8")]
    [InlineData("settles", "pace")]
    [InlineData("chargesEveryRefusal", "retry")]
    public void A_switch_is_true_or_false(string name, string section)
    {
        var (_, problems) = SettingsReader.Read($$"""{ "amble": { "{{section}}": { "{{name}}": "maybe" } } }""", [], new Dictionary<string, string>());

        Assert.Equal($"appsettings.json amble:{section}:{name}: 'maybe' is not allowed; allowed is true or false.", Assert.Single(problems).ToString());
    }

    [Fact]
    public void Only_constants_that_are_not_at_their_default_are_shown_with_who_set_them()
    {
        var (settings, _) = SettingsReader.Read("""{ "amble": { "retry": { "errorRetries": 5 } } }""", [new("AMBLE_PACE__FLOORMS", "0")], new Dictionary<string, string>());

        var lines = settings.Lines().Select(line => line.Trim()).ToList();
        Assert.Equal(Setting.Plain.Count + 2, lines.Count);
        Assert.Matches("^pace:floorMs +0 +environment$", lines[^2]);
        Assert.StartsWith($"{Setting.All.Count() - Setting.Plain.Count - 1} more stand at their defaults", lines[^1]);
    }

    [Fact]
    public void A_file_that_is_no_JSON_is_told_with_its_line() =>
        Assert.StartsWith("appsettings.json, line 2", Assert.Single(SettingsReader.Read("{\n nonsense }", [], new Dictionary<string, string>()).Problems).ToString());

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.16.0.1", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("192.168.1.1", true)]
    [InlineData("169.254.1.1", true)]
    [InlineData("8.8.8.8", false)]
    [InlineData("::1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("2001:db8::1", false)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("::ffff:8.8.8.8", false)]
    public void Own_addresses_are_told_from_others(string address, bool own) => Assert.Equal(own, LocalAddresses.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1:80", "127.0.0.1", 80)]
    [InlineData("[::1]:8080", "::1", 8080)]
    [InlineData("node-1.local:65535", "node-1.local", 65535)]
    public void A_host_and_port_is_read(string text, string host, int port)
    {
        Assert.True(HostPort.TryParse(text, out var value));
        Assert.Equal((host, port, text), (value.Host, value.Port, value.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("8080")]
    [InlineData(":8080")]
    [InlineData("host:")]
    [InlineData("host:0")]
    [InlineData("host:65536")]
    [InlineData("::1:80")]
    [InlineData("ho st:80")]
    [InlineData("http://host:80")]
    public void What_is_no_host_and_port_is_refused(string text) => Assert.False(HostPort.TryParse(text, out _));

    [Theory]
    [InlineData("localhost:8080", "https://localhost:8080/")]
    [InlineData("EXAMPLE.org/A", "https://example.org/A")]
    [InlineData("http://example.org", "http://example.org/")]
    [InlineData("mailto:x", null)]
    [InlineData("word", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("https://u:p@example.org/", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("/etc/passwd", null)]
    public void A_start_URL_is_read_as_people_type_it(string text, string? url) =>
        Assert.Equal(url, StartUrl.TryRead(text, out var read, out _) ? read.Text : null);
}
