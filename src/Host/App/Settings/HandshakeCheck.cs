using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Amble.App.Settings;

/// <summary>
/// Before a node with a certificate opens its port it shakes hands with each seed that is there. Akka ends a node whose own call meets a
/// wrong certificate (1.5.73, TcpHandlers): so one node with the wrong file, back at its old address, would take all that call it with it.
/// </summary>
public static class HandshakeCheck
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    // The other side's verdict on our certificate comes after our own on theirs (TLS 1.3, RFC 8446 section 4.4.4), within a round trip.
    private static readonly TimeSpan _verdict = TimeSpan.FromMilliseconds(300);

    /// <returns>What does not fit, a sentence for each seed. A seed that does not answer is no problem: it may be started later.</returns>
    public static async Task<IReadOnlyList<string>> ProblemsAsync(Membership member, CertificateFile certificate, CancellationToken stop)
    {
        var others = member.Seeds.Where(seed => seed.Host != member.Hostname || seed.Port != member.Port);
        var told = await Task.WhenAll(others.Select(seed => ProblemAsync(seed, certificate, stop)));
        return [.. told.OfType<string>()];
    }

    private static async Task<string?> ProblemAsync(HostPort seed, CertificateFile certificate, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(_patience);
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(seed.Host, seed.Port, patience.Token);
        }
        catch (Exception nobody) when (nobody is SocketException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            return null;
        }
        try
        {
            await using var secure = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false, (_, shown, _, _) => shown is X509Certificate2 other && AuthorityRule.Vouches(certificate.Authorities, other));
            await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = seed.Host, ClientCertificates = [certificate.Own] }, patience.Token);
            return await IsTurnedAwayAsync(secure, stop) ? $"The node at {seed} does not believe this node's certificate: {Advice}" : null;
        }
        catch (AuthenticationException)
        {
            return $"The node at {seed} shows a certificate that no authority in this node's file has signed, or speaks no TLS: {Advice}";
        }
        catch (Exception cut) when (cut is IOException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            // It may just be starting or ending; what is wrong with it then shows when nodes meet.
            return null;
        }
    }

    private static string Advice => $"every node needs one of the same authority ({ClusterSetting.Certificate.Variable}).";

    private static async Task<bool> IsTurnedAwayAsync(SslStream secure, CancellationToken stop)
    {
        using var verdict = CancellationTokenSource.CreateLinkedTokenSource(stop);
        verdict.CancelAfter(_verdict);
        try
        {
            return await secure.ReadAsync(new byte[1], verdict.Token) == 0;
        }
        catch (IOException)
        {
            return true;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // It waits for what we have to say: we are let in.
            return false;
        }
    }
}
