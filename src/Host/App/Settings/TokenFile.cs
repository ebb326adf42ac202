using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Amble.App.Settings;

/// <summary>
/// The token that opens state-changing routes beyond loopback. Only its SHA-256 hash is kept, readable by this user alone; a random
/// token of 256 bits needs no slow hash. Another may be set beside it.
/// </summary>
/// <param name="alsoHash">The hash of that one, as hexadecimal digits; null when there is none.</param>
public sealed class TokenFile(string directory, string? alsoHash = null)
{
    private readonly string _path = Path.Combine(directory, "token.sha256");

    /// <summary>Makes a new token, which replaces the one before. It is told this once.</summary>
    public string Renew()
    {
        var token = "amble_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var temporary = _path + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using (var file = new FileStream(temporary, options))
        {
            file.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Hash(token))));
        }
        File.Move(temporary, _path, overwrite: true);
        return token;
    }

    public bool Exists => alsoHash is not null || File.Exists(_path);

    /// <summary>Whether this is a token; the file is read each time, so that a new one counts at once.</summary>
    public bool Accepts(string token) => alsoHash is not null && IsOf(alsoHash, token) || IsKept(token);

    private bool IsKept(string token)
    {
        try
        {
            return IsOf(File.ReadAllText(_path).Trim(), token);
        }
        catch (Exception e) when (e is IOException or FormatException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsOf(string hash, string token) => CryptographicOperations.FixedTimeEquals(Convert.FromHexString(hash), Hash(token));

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
