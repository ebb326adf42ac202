using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Amble.Host.Specs.Settings;

/// <summary>An authority of a test's own, and the files that it makes for nodes. Nobody else in the world believes it.</summary>
public sealed class TestAuthority : IDisposable
{
    private static readonly TimeSpan _lasts = TimeSpan.FromDays(30);
    private readonly X509Certificate2 _certificate;

    public TestAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        _certificate = request.CreateSelfSigned(Now - 3 * _lasts, Now + 3 * _lasts);
    }

    /// <summary>A node's certificate with its key, and this authority's: what <c>openssl pkcs12 -export -certfile</c> makes.</summary>
    public byte[] FileFor(string node, string password, bool withAuthority = true, bool withKey = true, TimeSpan age = default)
    {
        using var own = Sign(node, age);
        var all = new X509Certificate2Collection(withKey ? own : X509CertificateLoader.LoadCertificate(own.RawData));
        if (withAuthority) all.Add(X509CertificateLoader.LoadCertificate(_certificate.RawData));
        return all.Export(X509ContentType.Pfx, password)!;
    }

    /// <param name="age">How long ago it began; it lasts 30 days.</param>
    public X509Certificate2 Sign(string node, TimeSpan age = default)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={node}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        var from = Now - age - TimeSpan.FromMinutes(5);
        using var signed = request.Create(_certificate, from, from + _lasts, Guid.NewGuid().ToByteArray());
        return signed.CopyWithPrivateKey(key);
    }

    public void Dispose() => _certificate.Dispose();

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();
}
