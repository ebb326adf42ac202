using System.Net;
using Amble.App.Http;
using Amble.App.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Time.Testing;

namespace Amble.Host.Specs.Fakes;

/// <summary>A server around a fake node, on a free loopback port.</summary>
internal sealed class Served : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("amble-specs-");
    private WebApplication? _app;

    public FakeNode Node { get; } = new();
    public HttpClient Http { get; private set; } = new();

    /// <summary>The clock of what is shown live.</summary>
    public FakeTimeProvider Clock { get; } = new();

    public TokenFile Tokens => new(_directory.FullName);

    public static async Task<Served> StartAsync(params (string Option, string Value)[] options)
    {
        var served = new Served();
        served._app = NodeServer.Build(new ServeNode(served.Node, Door.Settings(options), served.Tokens), [new IPEndPoint(IPAddress.Loopback, 0)], socket: null, served.Clock);
        await served._app.StartAsync();
        served.Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(served._app.Urls.First()) };
        return served;
    }

    public Task StopAsync() => _app!.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_app is not null) await _app.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
