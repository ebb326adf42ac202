using Amble.App.Settings;
using Xunit;

namespace Amble.Host.Specs.Settings;

/// <summary>What a node shows to the others, and whom it believes.</summary>
public sealed class CertificateFileSpecs : IDisposable
{
    private const string Password = "a password";
    private readonly TestAuthority _ours = new("ours");
    private readonly TestAuthority _theirs = new("theirs");
    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public void A_node_believes_what_an_authority_in_its_own_file_has_signed_and_nobody_else()
    {
        var (file, problem) = Read(_ours.FileFor("node1", Password));
        Assert.Null(problem);
        Assert.True(file!.Own.HasPrivateKey);
        Assert.True(AuthorityRule.Vouches(file.Authorities, _ours.Sign("node2")));
        Assert.False(AuthorityRule.Vouches(file.Authorities, _theirs.Sign("node2")));
        Assert.False(AuthorityRule.Vouches(file.Authorities, _ours.Sign("node3", age: TimeSpan.FromDays(40))));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_told() => Assert.Equal("a PKCS #12 file that can be read", CertificateFile.Read("/nowhere/node.pfx", "", Now, out var problem) is null ? problem : "");

    [Fact]
    public void A_wrong_password_is_told() => Assert.EndsWith("under the password in AMBLE_CLUSTER_CERTIFICATE_PASSWORD", Read(_ours.FileFor("node1", "another")).Problem);

    [Fact]
    public void What_is_no_such_file_is_told() => Assert.StartsWith("a PKCS #12 file", Read("-----BEGIN CERTIFICATE-----"u8.ToArray()).Problem);

    [Fact]
    public void A_file_without_the_key_is_told() => Assert.Contains("its key", Read(_ours.FileFor("node1", Password, withKey: false)).Problem);

    [Fact]
    public void A_file_without_the_authority_is_told() => Assert.Contains("the certificate of the authority", Read(_ours.FileFor("node1", Password, withAuthority: false)).Problem);

    [Fact]
    public void A_certificate_whose_time_is_over_is_told() => Assert.StartsWith("a certificate that is valid now; this one is from 2", Read(_ours.FileFor("node1", Password, age: TimeSpan.FromDays(40))).Problem);

    public void Dispose()
    {
        File.Delete(_path);
        _ours.Dispose();
        _theirs.Dispose();
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private (CertificateFile? File, string? Problem) Read(byte[] content)
    {
        File.WriteAllBytes(_path, content);
        return (CertificateFile.Read(_path, Password, Now, out var problem), problem);
    }
}
