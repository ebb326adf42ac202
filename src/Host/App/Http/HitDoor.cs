using System.Net;
using System.Security.Cryptography;
using Amble.Behaviours.AccessLog;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Microsoft.AspNetCore.Http.Features;

namespace Amble.App.Http;

/// <summary>
/// Offers one hit for each request that was answered here, whatever came of it. It stands before everything else and waits for nothing:
/// the log takes the hit or drops it, and the answer has been given by then.
/// </summary>
/// <param name="client">What is kept of an address: a word of <see cref="KeptClientRule"/>.</param>
public sealed class HitDoor(IAccessLog log, string client, TimeProvider clock)
{
    private const int HungUp = 499;
    private const int SaltBytes = 16;

    private readonly Lock _gate = new();
    private byte[] _salt = [];
    private DateOnly _saltOf;

    public async Task PassAsync(HttpContext http, RequestDelegate next)
    {
        var (method, path) = (http.Request.Method, http.Request.Path.Value ?? "/");
        if (!HitRule.Counts(path))
        {
            await next(http);
            return;
        }
        var began = clock.GetTimestamp();
        var body = new CountedBody(http.Features.GetRequiredFeature<IHttpResponseBodyFeature>());
        http.Features.Set<IHttpResponseBodyFeature>(body);
        try
        {
            await next(http);
        }
        finally
        {
            log.Offer(Hit(http, method, path, HttpMethods.IsHead(method) ? 0 : body.Bytes, clock.GetElapsedTime(began)));
        }
    }

    private Hit Hit(HttpContext http, string method, string path, long bytes, TimeSpan took)
    {
        var status = http.Response.StatusCode;
        var at = clock.GetUtcNow();
        return new Hit(
            at, Cut(method, Messages.Hit.MostMethod), Cut(path, Messages.Hit.MostPath), HitRule.KindOf(path), http.RequestAborted.IsCancellationRequested ? HungUp : status, bytes, took,
            status == StatusCodes.Status304NotModified, Client(http.Connection.RemoteIpAddress, at), AgentRule.Of(http.Request.Headers.UserAgent.ToString()));
    }

    private string Client(IPAddress? address, DateTimeOffset at) => (client, address) switch
    {
        (KeptClientRule.None, _) => "",
        // By the local socket: a command of this machine.
        (_, null) => "local",
        (KeptClientRule.Hashed, _) => KeptClientRule.Hash(address, SaltOf(DateOnly.FromDateTime(at.UtcDateTime))),
        _ => KeptClientRule.Network(address),
    };

    private byte[] SaltOf(DateOnly day)
    {
        lock (_gate)
        {
            if (_saltOf == day) return _salt;
            _saltOf = day;
            return _salt = RandomNumberGenerator.GetBytes(SaltBytes);
        }
    }

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];
}
