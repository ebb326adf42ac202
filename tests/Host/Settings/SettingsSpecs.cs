using System.Net;
using Amble.App.Settings;
using Xunit;

namespace Amble.Host.Specs.Settings;

public sealed class SettingsSpecs
{
    [Fact]
    public void The_command_line_outweighs_the_environment_and_that_the_file()
    {
        var (settings, problems) = SettingsReader.Read(
            """{ "Logging": {}, "amble": { "concurrency": 3, "http": "127.0.0.1:1", "contact": "https://example.org/bot" } } // ours""",
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
            """{ "amble": { "allowPrivate": "yes", "pace": 1 }, "ambel": {} }""", [new("AMBLE_HTTP", "nowhere"), new("AMBLE_X", "1")],
            new Dictionary<string, string> { ["--concurrency"] = "none" });

        string[] wrong = ["--concurrency: 'none'", "AMBLE_HTTP: 'nowhere'", "appsettings.json amble: 'pace'", "appsettings.json amble:allowPrivate: 'yes'", "appsettings.json: 'ambel'", "environment: 'AMBLE_X'"];
        Assert.Equal(wrong, problems.Select(problem => problem.ToString().Split(" is not allowed; allowed is ")[0]).Order(StringComparer.Ordinal));
        Assert.All(problems, problem => Assert.NotEmpty(problem.Allowed));
    }

    [Fact]
    public void A_file_that_is_no_JSON_is_told_with_its_line() =>
        Assert.StartsWith("appsettings.json, line 2", Assert.Single(SettingsReader.Read("{\n nonsense }", [], new Dictionary<string, string>()).Problems).ToString());

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
