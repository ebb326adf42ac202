using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Amble.App.Settings;
using Xunit;

namespace Amble.Host.Specs.Settings;

/// <summary>A node shakes hands with its seeds before it opens its own port.</summary>
public sealed class HandshakeCheckSpecs : IDisposable
{
    private readonly TestAuthority _ours = new("ours");
    private readonly TestAuthority _theirs = new("theirs");
    private readonly TcpListener _seed = new(IPAddress.Loopback, 0);
    private Task? _answering;

    [Fact]
    public async Task A_seed_of_the_same_authority_is_no_problem() => Assert.Empty(await CheckAsync(seed: _ours, node: _ours));

    [Fact]
    public async Task A_seed_that_shows_a_certificate_of_another_authority_is_told() =>
        Assert.Contains("no authority in this node's file has signed", Assert.Single(await CheckAsync(seed: _theirs, node: _ours)));

    [Fact]
    public async Task A_seed_that_does_not_believe_this_node_is_told()
    {
        // Its own certificate is fine here; it believes another authority.
        var told = await CheckAsync(seed: _ours, node: _ours, seedBelieves: _theirs);
        Assert.Contains("does not believe this node's certificate", Assert.Single(told));
    }

    [Fact]
    public async Task A_seed_that_does_not_answer_is_no_problem()
    {
        _seed.Start();
        var port = ((IPEndPoint)_seed.LocalEndpoint).Port;
        _seed.Stop();
        Assert.Empty(await HandshakeCheck.ProblemsAsync(Member(port), File(_ours), CancellationToken.None));
    }

    public void Dispose()
    {
        _seed.Dispose();
        _ours.Dispose();
        _theirs.Dispose();
    }

    private async Task<IReadOnlyList<string>> CheckAsync(TestAuthority seed, TestAuthority node, TestAuthority? seedBelieves = null)
    {
        _seed.Start();
        using var over = new CancellationTokenSource();
        _answering = AnswerAsync(File(seed).Own, File(seedBelieves ?? seed).Authorities, over.Token);
        var told = await HandshakeCheck.ProblemsAsync(Member(((IPEndPoint)_seed.LocalEndpoint).Port), File(node), CancellationToken.None);
        await over.CancelAsync();
        await _answering;
        return told;
    }

    private async Task AnswerAsync(X509Certificate2 own, X509Certificate2Collection believed, CancellationToken over)
    {
        using var caller = await _seed.AcceptTcpClientAsync(CancellationToken.None);
        await using var secure = new SslStream(caller.GetStream(), false, (_, shown, _, _) => shown is X509Certificate2 other && AuthorityRule.Vouches(believed, other));
        try
        {
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = own, ClientCertificateRequired = true }, CancellationToken.None);
            Assert.Equal(0, await secure.ReadAsync(new byte[1], over));
        }
        catch (Exception end) when (end is AuthenticationException or IOException or OperationCanceledException)
        {
            // It was turned away, or has heard enough.
        }
    }

    private static Membership Member(int port) => new("127.0.0.1", 1, [HostPort.TryParse($"127.0.0.1:{port}", out var seed) ? seed : throw new InvalidOperationException("This is an address.")], 100, null);

    private static CertificateFile File(TestAuthority authority)
    {
        var path = Path.GetTempFileName();
        System.IO.File.WriteAllBytes(path, authority.FileFor("node", "password"));
        var read = CertificateFile.Read(path, "password", TimeProvider.System.GetUtcNow(), out _)!;
        System.IO.File.Delete(path);
        return read;
    }
}
