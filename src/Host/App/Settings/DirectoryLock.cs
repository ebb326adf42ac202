using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Amble.App.Settings;

/// <summary>Who has the data directory now.</summary>
/// <param name="Command">The command that it runs: crawl, serve, …</param>
/// <param name="Socket">The local socket on which it takes jobs; null when it takes none.</param>
public sealed record LockHolder(int Pid, string Command, string? Socket, bool AllowPrivate, string? ConnectTo)
{
    /// <summary>The local socket on which it can be looked into, if it listens there.</summary>
    public string? Inspection { get; init; }
}

/// <summary>
/// One process per data directory. The operating system holds the lock, so a process that dies in any way gives it back. Who holds it
/// stands in a file beside the locked one, because a locked file cannot be read everywhere; that file means something only while the
/// lock is held.
/// </summary>
public sealed class DirectoryLock : IDisposable
{
    /// <summary>The longest path of a local socket that every system takes, in bytes.</summary>
    private const int LongestSocketPath = 100;
    private const string LockFile = "amble.lock";
    private const string HolderFile = "amble.holder";

    private readonly FileStream _held;
    private readonly string _directory;

    private DirectoryLock(FileStream held, string directory) => (_held, _directory) = (held, directory);

    /// <summary>Takes the directory, or says who has it: <paramref name="holder"/> is null when that is not known.</summary>
    /// <exception cref="UnauthorizedAccessException">The lock file may not be opened.</exception>
    public static bool TryTake(string directory, Func<string, LockHolder> describe, [NotNullWhen(true)] out DirectoryLock? taken, out LockHolder? holder)
    {
        holder = null;
        taken = null;
        FileStream held;
        try
        {
            held = new FileStream(Path.Combine(directory, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            holder = ReadHolder(directory);
            return false;
        }
        taken = new DirectoryLock(held, directory);
        var socket = SocketPath(directory);
        var inspection = InspectionPath(directory);
        // What a killed process left; nobody else can be listening there, since the lock is ours.
        File.Delete(socket);
        File.Delete(inspection);
        Write(Path.Combine(directory, HolderFile), JsonSerializer.SerializeToUtf8Bytes(describe(socket) with { Inspection = inspection }));
        return true;
    }

    /// <summary><c>amble.sock</c> in the directory or, where that path is too long for a socket, a name made of it among the temporary files.</summary>
    public static string SocketPath(string directory) => PathOf(directory, "amble.sock");

    /// <summary><c>inspect.sock</c>, in the same way.</summary>
    public static string InspectionPath(string directory) => PathOf(directory, "inspect.sock");

    private static string PathOf(string directory, string name)
    {
        var path = Path.Combine(Path.GetFullPath(directory), name);
        if (System.Text.Encoding.UTF8.GetByteCount(path) <= LongestSocketPath)
        {
            return path;
        }
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(path));
        return Path.Combine(Path.GetTempPath(), $"amble-{Convert.ToHexStringLower(hash.AsSpan(0, 12))}.sock");
    }

    /// <summary>One sentence for whoever comes second.</summary>
    public static string Sentence(string directory, LockHolder? holder) =>
        holder is null
            ? $"The data directory '{directory}' is in use by another process; wait for it to end or name another one with --data DIR."
            : $"The data directory '{directory}' is in use by `amble {holder.Command}` (process {holder.Pid}); wait for it to end or name another one with --data DIR.";

    public void Dispose()
    {
        File.Delete(Path.Combine(_directory, HolderFile));
        File.Delete(SocketPath(_directory));
        File.Delete(InspectionPath(_directory));
        _held.Dispose();
    }

    /// <summary>Who holds the lock; null when nobody does, or when who does has only just taken it.</summary>
    public static LockHolder? Look(string directory)
    {
        // Only what a killed process may have left is tried; for a moment the trial itself holds the lock.
        if (!File.Exists(Path.Combine(directory, HolderFile))) return null;
        try
        {
            using var free = new FileStream(Path.Combine(directory, LockFile), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (IOException)
        {
            return ReadHolder(directory);
        }
    }

    private static LockHolder? ReadHolder(string directory)
    {
        try
        {
            return JsonSerializer.Deserialize<LockHolder>(File.ReadAllBytes(Path.Combine(directory, HolderFile)));
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Write(string path, byte[] content)
    {
        var temporary = path + ".new";
        File.WriteAllBytes(temporary, content);
        File.Move(temporary, path, overwrite: true);
    }
}
