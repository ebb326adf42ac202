using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Amble.App.Settings;

/// <summary>
/// A PKCS #12 file (RFC 7292) for mutual TLS between nodes: the node's certificate with its key, and the authorities whose certificates the
/// node believes. Whatever else the machine trusts counts for nothing here: a node is not a public website.
/// </summary>
/// <param name="Own">With its key.</param>
/// <param name="Authorities">At least one; those that stand between it and the certificate are among them.</param>
public sealed record CertificateFile(X509Certificate2 Own, X509Certificate2Collection Authorities)
{
    private const string Allowed = "a PKCS #12 file that can be read";

    /// <param name="problem">What would be right, fit to follow "allowed is"; null when all is well.</param>
    public static CertificateFile? Read(string path, string password, DateTimeOffset now, out string? problem)
    {
        X509Certificate2Collection all;
        try
        {
            all = X509CertificateLoader.LoadPkcs12Collection(File.ReadAllBytes(path), password);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problem = Allowed;
            return null;
        }
        catch (CryptographicException)
        {
            problem = $"{Allowed}, under the password in {ClusterSetting.CertificatePassword.Variable}";
            return null;
        }
        var authorities = new X509Certificate2Collection(all.Where(IsAuthority).ToArray());
        var own = all.FirstOrDefault(certificate => certificate.HasPrivateKey && !IsAuthority(certificate));
        problem =
            own is null ? $"{Allowed}, with the node's certificate and its key in it"
            : authorities.Count == 0 ? $"{Allowed}, with the certificate of the authority in it that signed the nodes' (openssl pkcs12 -certfile)"
            : now < own.NotBefore || now > own.NotAfter ? $"a certificate that is valid now; this one is from {own.NotBefore.ToUniversalTime():yyyy-MM-dd} to {own.NotAfter.ToUniversalTime():yyyy-MM-dd}"
            : !AuthorityRule.Vouches(authorities, own) ? "a certificate that an authority in the same file has signed"
            : null;
        return problem is null ? new CertificateFile(own!, authorities) : null;
    }

    private static bool IsAuthority(X509Certificate2 certificate) => certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(basic => basic.CertificateAuthority);
}
