using System.Net;
using Amble.App.Cli;
using Amble.App.Http;
using Amble.App.Settings;
using Amble.Behaviours.Ports;
using Amble.Host.Specs.Fakes;
using Amble.Messages;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace Amble.Host.Specs.Http;

/// <summary>Commands beside a running server, over the local socket that the lock names.</summary>
public sealed class HandOverSpecs : IAsyncLifetime
{
    private readonly Door _door = new();
    private readonly FakeNode _served = new();
    private DirectoryLock _held = null!;
    private WebApplication _app = null!;

    public async Task InitializeAsync()
    {
        Assert.True(DataDirectory.TryPrepare(_door.Data, out _));
        var socket = DirectoryLock.SocketPath(_door.Data);
        Assert.True(DirectoryLock.TryTake(_door.Data, path => new LockHolder(4711, "serve", path, false, null), out var held, out _));
        _held = held;
        _app = NodeServer.Build(new ServeNode(_served, Door.Settings(), new TokenFile(_door.Data)), [new IPEndPoint(IPAddress.Loopback, 0)], socket);
        await _app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        _held.Dispose();
        _door.Dispose();
    }

    [Fact]
    public async Task A_crawl_hands_its_jobs_over_and_tells_the_same_summary()
    {
        _served.Outcome = job => FakeNode.Ended(job, JobState.Completed, FakeNode.Counts(ok: 2, broken: 1));
        _served.Broken.Add(new BrokenView(FakeNode.Visit("https://example.org/gone", StatusClass.Broken, 404), [new SourceView(PageUrl.FromStored("https://example.org/"), "Our team")], 1));

        Assert.Equal(1, await _door.CrawlAsync("https://example.org/", "--max-pages", "9"));
        Assert.Equal(9, _served.ReadJob(new JobId(1))!.Job.Asked.Limits.MaxPages);
        Assert.Contains("linked from https://example.org/ as \"Our team\"", _door.Out);
        Assert.Empty(_door.Node.Said);
    }

    [Fact]
    public async Task An_unfinished_job_of_the_server_is_followed_and_not_made_again()
    {
        _served.Add("https://example.org/", JobState.Parked, FakeNode.Counts(ok: 5));

        Assert.Equal(2, await _door.CrawlAsync("https://example.org/"));
        Assert.Contains("resumed where it stood", _door.Err);
        Assert.Single(_served.ReadJobs(9, null, null));
    }

    [Fact]
    public async Task Ctrl_C_leaves_the_job_to_the_server_and_says_how_to_end_it()
    {
        _served.Outcome = job => job;
        using var interrupt = new CancellationTokenSource();
        var crawl = _door.RunAsync(interrupt.Token, "crawl", "https://example.org/", "--data", _door.Data);
        while (_served.Said.Count == 0)
        {
            await Task.Yield();
        }
        await interrupt.CancelAsync();

        Assert.Equal(130, await crawl);
        Assert.DoesNotContain("stop", _served.Said);
    }

    [Fact]
    public async Task Cancel_and_retry_reach_the_server()
    {
        _served.Add("https://example.org/", JobState.Running, FakeNode.Counts(broken: 3));

        Assert.Equal(0, await _door.RunAsync("retry", "1", "--data", _door.Data));
        Assert.Contains("3 pages of job 1 are open again", _door.Out);
        Assert.Equal(0, await _door.RunAsync("cancel", "1", "--data", _door.Data));
        Assert.Equal(JobState.Cancelled, _served.ReadJob(new JobId(1))!.State);
        Assert.Equal(2, await _door.RunAsync("cancel", "1", "--data", _door.Data));
        Assert.Equal(2, await _door.RunAsync("retry", "7", "--data", _door.Data));
    }

    [Theory]
    [InlineData("json", "\"anchor\":\"Our team\"")]
    [InlineData("csv", "https://example.org/gone,broken,404")]
    [InlineData("junit", "linked from https://example.org/ as \"Our team\"")]
    [InlineData("sarif", "linked as \\u0022Our team\\u0022")]
    public async Task A_job_of_the_server_is_exported(string format, string holds)
    {
        _served.Add("https://example.org/", JobState.Completed, FakeNode.Counts(broken: 1));
        _served.Visits.Add(FakeNode.Visit("https://example.org/gone", StatusClass.Broken, 404));
        _served.Broken.Add(new BrokenView(_served.Visits[0], [new SourceView(PageUrl.FromStored("https://example.org/"), "Our team")], 1));

        Assert.Equal(0, await _door.RunAsync("export", "1", "--format", format, "--data", _door.Data));
        Assert.Contains(holds, _door.Out);
        Assert.Equal(2, await _door.RunAsync("export", "7", "--data", _door.Data));
    }

    [Fact]
    public void The_socket_is_open_to_this_user_alone()
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(DirectoryLock.SocketPath(_door.Data)) & (UnixFileMode)0x1FF);
        }
    }
}
