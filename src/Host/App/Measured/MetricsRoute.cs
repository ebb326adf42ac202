using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Amble.App.Measured;

/// <summary><c>/metrics</c>, as Prometheus reads it: the node's own meter and that of .NET (memory, collections, threads).</summary>
public static class MetricsRoute
{
    private const string OfDotnet = "System.Runtime";

    /// <returns>What collects; it is to be disposed of with the server.</returns>
    public static IDisposable Map(IEndpointRouteBuilder app, Meter meter)
    {
        var provider = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("amble", serviceVersion: meter.Version, autoGenerateServiceInstanceId: false))
            .AddMeter(meter.Name).AddMeter(OfDotnet)
            .AddPrometheusExporter(exporter => exporter.ScopeInfoEnabled = false)
            .Build();
        app.MapPrometheusScrapingEndpoint("/metrics", provider, configureBranchedPipeline: null, optionsName: null);
        return provider;
    }
}
