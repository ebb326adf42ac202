using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Amble.App.Web;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Web.Fetching;

namespace Amble.Host.Specs.Web;

public class ConnectionSpecs
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Type: text/html";

    [Fact]
    public async Task Connect_to_sends_every_connection_there_and_keeps_the_Host_header()
    {
        await using var site = new RawServer(Ok);
        var answer = await AnswerAsync(Loopback with { ConnectTo = $"localhost:{site.Port}" }, "http://site-1.test:8123/x");
        Assert.Equal(200, answer.Status);
        Assert.Contains("Host: site-1.test:8123\r\n", site.Heads[0]);
    }

    [Fact]
    public async Task Connect_to_a_private_address_needs_the_same_permission()
    {
        await using var site = new RawServer(Ok);
        var failed = await FailAsync(Loopback with { AllowPrivate = false, ConnectTo = $"127.0.0.1:{site.Port}" }, "http://site-1.test/");
        Assert.Equal(FetchFailure.AddressNotAllowed, failed.Failure);
    }

    [Fact]
    public async Task Connections_leave_from_the_wished_address()
    {
        await using var site = new RawServer(Ok);
        await AnswerAsync(Loopback with { LocalAddress = "127.0.0.9" }, $"http://127.0.0.1:{site.Port}/");
        Assert.Equal("127.0.0.9", Assert.Single(site.Callers).Address.ToString());
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_is_a_TLS_failure_and_the_name_is_the_URLs()
    {
        var asked = new TaskCompletionSource<string?>();
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=site-1.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            await using var tls = new SslStream(client.GetStream());
            try
            {
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
                {
                    ServerCertificateSelectionCallback = (_, name) =>
                    {
                        asked.TrySetResult(name);
                        return certificate;
                    },
                });
                await tls.ReadExactlyAsync(new byte[1]);
            }
            catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The client hangs up, as it should.
            }
        });
        var failed = await FailAsync(Loopback with { ConnectTo = $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}" }, "https://site-1.test/");
        await serving;
        Assert.Equal(FetchFailure.Tls, failed.Failure);
        Assert.Equal("site-1.test", await asked.Task);
    }

    [Fact]
    public async Task A_server_that_speaks_no_TLS_is_a_TLS_failure()
    {
        using var plain = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        plain.Start();
        var serving = Task.Run(async () =>
        {
            using var client = await plain.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
            await client.GetStream().CopyToAsync(Stream.Null);
        });
        var failed = await FailAsync(Loopback, $"https://127.0.0.1:{((IPEndPoint)plain.LocalEndpoint).Port}/");
        await serving;
        Assert.Equal(FetchFailure.Tls, failed.Failure);
    }

    [Fact]
    [Trait("Seeds", "P-18")]
    public async Task Leaving_is_told_once_with_the_start_of_the_fetch()
    {
        var told = new List<DateTimeOffset>();
        await using var site = new RawServer(Ok, []);
        using var web = new WebFetcher(Loopback, TimeProvider.System);
        for (var i = 1; i <= 3; i++)
        {
            var outcome = await web.FetchAsync(Request($"http://127.0.0.1:{site.Port}/"), new Departing(told.Add), CancellationToken.None);
            Assert.Equal(i, told.Count);
            Assert.Equal(told[^1], outcome.StartedAt);
        }
        Assert.Single(site.Callers);
    }

    [Fact]
    public async Task Phases_are_measured_and_a_connection_that_is_used_again_costs_nothing()
    {
        await using var site = new RawServer(Ok, new byte[100]);
        using var web = new WebFetcher(Loopback, TimeProvider.System);
        var first = await web.FetchAsync(Request($"http://localhost:{site.Port}/"), Departing.Freely, CancellationToken.None);
        var second = await web.FetchAsync(Request($"http://localhost:{site.Port}/"), Departing.Freely, CancellationToken.None);
        Assert.True(first.Phases.Dns > TimeSpan.Zero);
        Assert.True(first.Phases.Connect > TimeSpan.Zero);
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero), (second.Phases.Dns, second.Phases.Connect, second.Phases.Tls));
        Assert.All([first, second], o => Assert.True(o.Phases.FirstByte > TimeSpan.Zero && o.Took >= o.Phases.FirstByte + o.Phases.Transfer));
    }

    [Fact]
    public async Task A_fetch_that_never_left_starts_when_it_was_tried()
    {
        var before = DateTimeOffset.UtcNow;
        var failed = await FailAsync(Loopback, "http://example.invalid/");
        Assert.InRange(failed.StartedAt, before, DateTimeOffset.UtcNow);
    }
}
