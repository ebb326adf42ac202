namespace Amble.App.Http;

/// <summary>Ctrl-C is the command's business, which stops its servers by itself; the framework's own handler stays out.</summary>
public sealed class CallersLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
