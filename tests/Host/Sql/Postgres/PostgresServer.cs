using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Amble.Host.Specs.Sql.Postgres;

/// <summary>
/// A PostgreSQL server of a test's own: on loopback, at a free port, in a directory that goes with it. PostgreSQL runs as root for nobody,
/// so under root it runs as the system's user for it.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string SystemUser = "postgres";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("amble-pg-");
    private readonly string _programs = FindPrograms();
    private readonly bool _isDurable;
    private Process? _server;

    /// <param name="isDurable">Whether what was committed survives a kill of the server; the others are quicker.</param>
    private PostgresServer(bool isDurable) => _isDurable = isDurable;

    public int Port { get; } = FreePort();

    /// <summary>Names its one database.</summary>
    public string Connection => $"Host=127.0.0.1;Port={Port};Username=amble;Database=postgres";

    public static async Task<PostgresServer> StartAsync(bool isDurable)
    {
        var server = new PostgresServer(isDurable);
        try
        {
            if (IsRoot) await RunAsync("chown", SystemUser, server._directory.FullName);
            await server.RunAsServerAsync("initdb", "-D", server.Data, "-U", "amble", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it, also after a kill, and waits until it answers.</summary>
    public async Task StartAsync()
    {
        var words = new List<string> { "-D", Data, "-p", $"{Port}", "-k", _directory.FullName, "-c", "listen_addresses=127.0.0.1", "-c", "shared_buffers=64MB" };
        if (!_isDurable) words.AddRange(["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]);
        _server = Process.Start(AsServer("postgres", words))!;
        _ = _server.StandardOutput.ReadToEndAsync();
        var said = _server.StandardError.ReadToEndAsync();
        while (!await AnswersAsync())
        {
            if (_server.HasExited) throw new InvalidOperationException($"PostgreSQL did not start: {await said}");
        }
    }

    /// <summary>As a power cut would: the server and its backends are gone at once.</summary>
    public void Kill()
    {
        _server!.Kill(entireProcessTree: true);
        _server.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false })
        {
            await RunAsServerAsync("pg_ctl", "stop", "-D", Data, "-m", "immediate");
            await _server.WaitForExitAsync();
        }
        _server?.Dispose();
        _directory.Delete(recursive: true);
    }

    private string Data => Path.Combine(_directory.FullName, "data");

    private static bool IsRoot => Environment.UserName == "root";

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(Connection + ";Pooling=false;Timeout=5");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20));
            return false;
        }
    }

    private async Task RunAsServerAsync(string program, params string[] words) => await RunAsync(AsServer(program, words));

    private static Task RunAsync(string program, params string[] words) => RunAsync(Quiet(program, words));

    private static async Task RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}: {await output} {await errors}");
    }

    private ProcessStartInfo AsServer(string program, IEnumerable<string> words)
    {
        var path = Path.Combine(_programs, program);
        return IsRoot
            ? Quiet("setpriv", [$"--reuid={SystemUser}", $"--regid={SystemUser}", "--clear-groups", path, .. words])
            : Quiet(path, words);
    }

    private static ProcessStartInfo Quiet(string program, IEnumerable<string> words) =>
        new(program, words) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = Path.GetTempPath() };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // The script `test` looks in the same places.
    private static string FindPrograms()
    {
        var debian = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")) : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return debian.Concat(path).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres"))) ?? throw new FileNotFoundException(
            "These tests need PostgreSQL and there is none: install the package postgresql (Debian: apt-get install postgresql).");
    }
}
