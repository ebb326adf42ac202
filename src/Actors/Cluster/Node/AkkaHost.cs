using Akka.Actor;
using Akka.Hosting;
using Amble.Behaviours.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Amble.Cluster.Node;

/// <summary>The actor system within a host of its own, so that starting and stopping it is one call each.</summary>
internal sealed class AkkaHost(Action<AkkaConfigurationBuilder> build) : IAsyncDisposable
{
    private IHost? _host;

    /// <summary>Null before the start.</summary>
    public ActorSystem? System { get; private set; }

    /// <exception cref="RuntimeProblemException">It cannot be started until somebody does something.</exception>
    public void Start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = MemberSettings.SystemName });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None).AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        builder.Services.AddAkka(MemberSettings.SystemName, akka =>
        {
            akka.ConfigureLoggers(loggers =>
            {
                loggers.LogLevel = Akka.Event.LogLevel.WarningLevel;
                loggers.ClearLoggers();
                loggers.AddLoggerFactory();
            });
            build(akka);
        });
        _host = builder.Build();
        try
        {
            _host.StartAsync().GetAwaiter().GetResult();
        }
        // Whatever Akka meets while it starts, a port in use above all, comes in exceptions of many kinds.
        catch (Exception trouble) when (trouble is not OutOfMemoryException)
        {
            throw new RuntimeProblemException($"The node cannot be started: {trouble.GetBaseException().Message}", trouble);
        }
        System = _host.Services.GetRequiredService<ActorSystem>();
    }

    /// <summary>Leaves the cluster: shards and singletons are handed over, then the system ends.</summary>
    public async Task StopAsync(TimeSpan deadline)
    {
        if (System is not { } system) return;
        var left = CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
        try
        {
            await left.WaitAsync(deadline).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // What could not be handed over is taken over, as after a crash.
            ((ExtendedActorSystem)system).Abort();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (System is { } system && !system.WhenTerminated.IsCompleted) ((ExtendedActorSystem)system).Abort();
        if (_host is null) return;
        await _host.StopAsync(CancellationToken.None).ConfigureAwait(false);
        _host.Dispose();
    }

    /// <summary>The process is the command's: no signal ends this host by itself.</summary>
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
