using Amble.App.Settings;
using Amble.Host.Specs.Fakes;
using Xunit;

namespace Amble.Host.Specs.Settings;

public sealed class DirectoryLockSpecs : IDisposable
{
    private readonly Door _door = new();

    public DirectoryLockSpecs() => Assert.True(DataDirectory.TryPrepare(_door.Data, out _));

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task The_second_process_is_told_who_has_the_directory()
    {
        using var held = Take("crawl", null);

        Assert.Equal(2, await _door.CrawlAsync("https://example.org/"));
        Assert.Contains("in use by `amble crawl` (process 4711)", Assert.Single(_door.Problems));
        Assert.Empty(_door.Node.Said);
    }

    [Fact]
    public async Task A_directory_that_was_given_back_can_be_taken()
    {
        Take("crawl", null).Dispose();

        Assert.Equal(0, await _door.CrawlAsync("https://example.org/"));
        Assert.Equal(0, await _door.CrawlAsync("https://example.org/"));
    }

    [Fact]
    public async Task What_a_killed_process_left_is_taken_over()
    {
        // A process that is killed leaves its files, but not the lock.
        File.WriteAllText(Path.Combine(_door.Data, "amble.lock"), "");
        File.WriteAllText(Path.Combine(_door.Data, "amble.holder"), """{"Pid":4711,"Command":"serve","Socket":"/nowhere","AllowPrivate":false,"ConnectTo":null}""");
        File.WriteAllText(DirectoryLock.SocketPath(_door.Data), "");

        Assert.Equal(0, await _door.CrawlAsync("https://example.org/"));
    }

    [Fact]
    public async Task A_holder_that_does_not_answer_is_one_sentence()
    {
        using var held = Take("serve", Path.Combine(_door.Data, "amble.sock"));

        Assert.Equal(2, await _door.RunAsync("cancel", "1", "--data", _door.Data));
        Assert.Contains("does not answer", Assert.Single(_door.Problems));
    }

    [Theory]
    [InlineData("--allow-private")]
    [InlineData("--unpaced")]
    [InlineData("--connect-to")]
    public async Task A_job_that_needs_more_than_the_running_serve_has_is_not_handed_over(string option)
    {
        using var held = Take("serve", "/nowhere");
        string[] line = option == "--connect-to" ? [option, "192.0.2.1:80"] : option == "--unpaced" ? [option, "--allow-private"] : [option];

        Assert.Equal(2, await _door.CrawlAsync(["http://127.0.0.1/".Replace("127.0.0.1", option == "--connect-to" ? "example.org" : "127.0.0.1"), .. line]));
        Assert.Contains($"runs without {option}", Assert.Single(_door.Problems));
    }

    [Fact]
    public void A_path_too_long_for_a_socket_gets_a_short_name_of_its_own()
    {
        var deep = "/" + new string('d', 120);

        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(DirectoryLock.SocketPath(deep)), 1, 100);
        Assert.Equal(DirectoryLock.SocketPath(deep), DirectoryLock.SocketPath(deep));
        Assert.NotEqual(DirectoryLock.SocketPath(deep), DirectoryLock.SocketPath(deep + "x"));
    }

    private DirectoryLock Take(string command, string? socket)
    {
        Assert.True(DirectoryLock.TryTake(_door.Data, _ => new LockHolder(4711, command, socket, false, null), out var held, out _));
        return held;
    }
}
