using System.Net;
using System.Text;
using Amble.App.Http;
using Amble.App.Settings;
using Amble.Host.Specs.Fakes;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Http;

public sealed class LongPathSpecs
{
    [Theory]
    [InlineData(120)]
    [InlineData(200)]
    public async Task A_data_directory_whose_path_is_too_long_for_a_socket_hands_its_jobs_over_all_the_same(int letters)
    {
        using var door = new Door();
        var served = new FakeNode();
        var deep = door.PathOf(Path.Combine(new string('d', letters), "data"));
        Assert.True(Encoding.UTF8.GetByteCount(Path.Combine(deep, "amble.sock")) > 108, "A socket's path has room for 108 bytes at most.");
        Assert.True(DataDirectory.TryPrepare(deep, out _));
        Assert.True(DirectoryLock.TryTake(deep, path => new LockHolder(4711, "serve", path, false, null), out var held, out _));
        using (held)
        {
            await using var app = NodeServer.Build(
                new ServeNode(served, Door.Settings(), new TokenFile(deep)), [new IPEndPoint(IPAddress.Loopback, 0)], DirectoryLock.SocketPath(deep));
            await app.StartAsync();

            Assert.Equal(0, await door.RunAsync("crawl", "https://example.org/", "--data", deep));
            Assert.Equal(2, await door.RunAsync("cancel", "1", "--data", deep));
        }

        Assert.NotNull(served.ReadJob(new JobId(1)));
        Assert.Contains("Job 1 is completed already", Assert.Single(door.Problems));
        Assert.Empty(door.Node.Said);
        Assert.False(File.Exists(DirectoryLock.SocketPath(deep)));
    }
}
