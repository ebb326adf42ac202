using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Amble.Processes.Specs;

/// <summary>The built program as a process of its own, as a user starts it. Disposing kills what still runs.</summary>
public sealed class AmbleProcess : IAsyncDisposable
{
    private const int Interrupted = 2;
    private const int Stopped = 19;
    private const int Continued = 18;
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _err = new();
    private readonly Task _ended;

    private AmbleProcess(Process process)
    {
        _process = process;
        _ended = Task.WhenAll(CollectAsync(process.StandardOutput, _out), CollectAsync(process.StandardError, _err));
        process.StandardInput.Close();
    }

    /// <summary>The program beside this assembly.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "amble.dll");

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>What it said on standard output so far.</summary>
    public string Out
    {
        get { lock (_out) return _out.ToString(); }
    }

    /// <summary>What it said on standard error so far.</summary>
    public string Err
    {
        get { lock (_err) return _err.ToString(); }
    }

    /// <summary>The most memory that it ever held, in bytes; null where the system does not tell.</summary>
    public long? PeakMemory => OperatingSystem.IsLinux() ? ReadPeak(_process.Id) : null;

    public static AmbleProcess Start(params IEnumerable<string> words) => Start(new Dictionary<string, string>(), words);

    /// <param name="environment">Set beside what this process has, without its AMBLE_ variables.</param>
    public static AmbleProcess Start(IReadOnlyDictionary<string, string> environment, params IEnumerable<string> words)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. words])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var ours in start.Environment.Keys.Where(name => name.StartsWith("AMBLE_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(ours);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new AmbleProcess(Process.Start(start) ?? throw new InvalidOperationException("The program did not start."));
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<Outcome> RunAsync(params IEnumerable<string> words)
    {
        await using var process = Start(words);
        return await process.EndAsync();
    }

    /// <summary>SIGKILL: nothing of it lives on.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Ctrl-C.</summary>
    public void Interrupt()
    {
        if (Signal(_process.Id, Interrupted) != 0) throw new InvalidOperationException("The program cannot be interrupted: it has ended.");
    }

    /// <summary>SIGSTOP: it is there and does nothing.</summary>
    public void Freeze() => Signal(_process.Id, Stopped);

    /// <summary>SIGCONT.</summary>
    public void Thaw() => Signal(_process.Id, Continued);

    /// <exception cref="TimeoutException">It did not end in time; what it said so far is in the message.</exception>
    public async Task<Outcome> EndAsync(TimeSpan? within = null)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(within ?? _longest);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The program still runs. It said: {Err}");
        }
        await _ended;
        return new Outcome(_process.ExitCode, Out, Err);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private static async Task CollectAsync(StreamReader from, StringBuilder said)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            lock (said) said.Append(line).Append('\n');
        }
    }

    private static long? ReadPeak(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? null : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], System.Globalization.CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int process, int signal);
}
