using System.Security.Cryptography.X509Certificates;

namespace Amble.App.Settings;

/// <summary>A certificate is believed when it is valid now and one of our own authorities has signed it (RFC 5280), and for no other reason.</summary>
public static class AuthorityRule
{
    public static bool Vouches(X509Certificate2Collection authorities, X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        // An authority of one's own seldom has a place that tells what it took back; a new authority takes all of them back.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }
}
