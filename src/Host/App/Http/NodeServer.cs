using System.Net;
using Amble.App.Cards;
using Amble.App.Live;
using Amble.App.Measured;
using Amble.Behaviours.Ports;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Amble.App.Http;

/// <summary>The web server around a node: where it listens, what goes before every route, and the routes.</summary>
public static class NodeServer
{
    /// <summary>Among a request's items where it was asked by HEAD: routes that never end must know.</summary>
    public const string AskedByHead = "asked by HEAD";

    private const long LongestBody = 256 * 1024;

    /// <param name="address">Where people and the API are served.</param>
    /// <param name="socket">The local socket for commands beside this process; null for none.</param>
    /// <param name="clock">Of what is shown live; null for the system's.</param>
    public static WebApplication Build(ServeNode served, IReadOnlyList<IPEndPoint> address, string? socket, TimeProvider? clock = null)
    {
        var time = clock ?? TimeProvider.System;
        // The empty builder reads no settings of its own: ours say all there is.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "amble" });
        builder.WebHost.UseKestrelCore().UseSockets(sockets => sockets.CreateBoundListenSocket = LocalSocket.Bind)
            .ConfigureKestrel(kestrel => Listen(kestrel, address, socket));
        // That it could not start is told by the command, in one sentence.
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None).AddSimpleConsole();
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Services.AddRoutingCore();
        builder.Services.AddProblemDetails();
        builder.Services.AddOpenApi(options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Amble";
            document.Info.Version = typeof(NodeServer).Assembly.GetName().Version?.ToString(3) ?? "0";
            // Whoever reads it has the address already, and behind a proxy it would be the wrong one.
            document.Servers = [];
            return Task.CompletedTask;
        }));
        builder.Services.AddSingleton(served);
        builder.Services.AddSingleton(new LiveHub(EventRoutes.Look(served.Node, served.Settings.Live), served.Settings.Live, time));
        builder.Services.AddSingleton(new CardDoor(served));
        builder.Services.AddSingleton(_ => new PolitenessDesk(served.Node.Politeness, time));
        var limit = new PageLimit(served.Settings.Limiter, time);
        builder.Services.AddSingleton(limit);
        var app = builder.Build();
        app.Use(new HitDoor(served.Node.AccessLog, served.Settings.AccessLog.Client, time).PassAsync);
        app.UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = StatusOf });
        app.Use(GuardAsync);
        app.Use(limit.AskAsync);
        app.Use(AnswerHeadAsync);
        app.UseRouting();
        JobRoutes.Map(app);
        ExportRoutes.Map(app);
        PolitenessRoutes.Map(app);
        EventRoutes.Map(app);
        HealthRoutes.Map(app);
        PurgeRoutes.Map(app);
        InspectRoutes.Map(app);
        PageRoutes.Map(app);
        CardRoutes.Map(app);
        CardRequest.Map(app);
        NodeMeter.Observe(served.Node.Meter, served.Node);
        app.Lifetime.ApplicationStopped.Register(MetricsRoute.Map(app, served.Node.Meter).Dispose);
        app.MapOpenApi("/openapi.json");
        return app;
    }

    /// <summary>
    /// HEAD is answered wherever GET is, with the same headers: routes see a GET, and the server itself, which knows what was asked,
    /// sends no body (RFC 9110 section 9.3.2).
    /// </summary>
    private static async Task AnswerHeadAsync(HttpContext http, RequestDelegate next)
    {
        var isHead = HttpMethods.IsHead(http.Request.Method);
        if (isHead)
        {
            http.Request.Method = HttpMethods.Get;
            http.Items[AskedByHead] = true;
        }
        await next(http);
        if (isHead)
        {
            http.Request.Method = HttpMethods.Head;
        }
    }

    private static void Listen(KestrelServerOptions kestrel, IReadOnlyList<IPEndPoint> address, string? socket)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LongestBody;
        foreach (var end in address)
        {
            kestrel.Listen(end);
        }
        if (socket is not null)
        {
            kestrel.ListenUnixSocket(socket);
        }
    }

    /// <summary>A body over the cap and a store that takes nothing are no faults of ours.</summary>
    private static int StatusOf(Exception surprise) => surprise switch
    {
        Microsoft.AspNetCore.Http.BadHttpRequestException bad => bad.StatusCode,
        StoreUnavailableException => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>What holds for every answer, and the guard before every route that changes state or looks inside.</summary>
    private static Task GuardAsync(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        var method = http.Request.Method;
        var looksInside = http.Request.Path.StartsWithSegments(InspectRoutes.Path);
        if (!looksInside && (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)))
        {
            return next(http);
        }
        var tokens = http.RequestServices.GetRequiredService<ServeNode>().Tokens;
        return DoorGuard.Refusal(DoorGuard.Of(http), tokens.Exists, tokens.Accepts, looksInside ? DoorGuard.Deed.Look : DoorGuard.Deed.Change) is { } why ? Answers.Refused(why).ExecuteAsync(http) : next(http);
    }
}
