using System.Security.Cryptography.X509Certificates;
using Akka.Remote.Hosting;

namespace Amble.Cluster.Node;

/// <summary>Mutual TLS: each node shows its certificate, whoever called, and believes by its own rule alone.</summary>
/// <param name="Own">With its key.</param>
/// <param name="Believes">Whether another's certificate makes it a node; names in it are not looked at, as nodes have addresses.</param>
public sealed record NodeCertificate(X509Certificate2 Own, Func<X509Certificate2, bool> Believes)
{
    internal SslOptions Options() => new()
    {
        X509Certificate = Own,
        SuppressValidation = false,
        RequireMutualAuthentication = true,
        CustomValidator = (certificate, _, peer, _, log) =>
        {
            if (certificate is not null && Believes(certificate)) return true;
            var shown = certificate is null ? "no certificate" : $"a certificate that no authority in this node's own file has signed or that is not valid now (SHA-1 thumbprint {certificate.Thumbprint})";
            log.Log(Akka.Event.LogLevel.WarningLevel, null, $"No node: {peer} shows {shown}. Nothing is said to it.");
            return false;
        },
    };
}
