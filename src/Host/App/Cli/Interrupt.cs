using System.Runtime.InteropServices;

namespace Amble.App.Cli;

/// <summary>Ctrl-C and SIGTERM: the first one asks to stop in order, the second one ends the process at once.</summary>
public sealed class Interrupt : IDisposable
{
    // A program that runs us may pass one key on both to us and to our group; nobody presses twice that fast.
    private static readonly TimeSpan SameKey = TimeSpan.FromMilliseconds(300);

    private readonly CancellationTokenSource _first = new();
    private readonly TimeProvider _clock;
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Lock _one = new();
    private long? _firstAt;

    public Interrupt(TimeProvider clock)
    {
        _clock = clock;
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)];
    }

    public CancellationToken Asked => _first.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
        _first.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        lock (_one)
        {
            if (_firstAt is not { } firstAt)
            {
                _firstAt = _clock.GetTimestamp();
            }
            else if (_clock.GetElapsedTime(firstAt) > SameKey)
            {
                Environment.Exit((int)ExitCode.Interrupted);
            }
            else
            {
                return;
            }
        }
        _first.Cancel();
    }
}
