using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace Amble.Cluster.Specs;

/// <summary>A journal in memory that keeps a domain's next write back, or fails it, as its test says.</summary>
public sealed class HeldJournal : MemoryJournal
{
    private static readonly ConcurrentDictionary<string, Hold> _holds = new();
    private static readonly ConcurrentDictionary<string, bool> _failing = new();

    /// <summary>Of this domain's next write.</summary>
    internal static Hold HoldOf(string domain) => _holds[Id(domain)] = new Hold();

    internal static Hold Hold(string domain) => HoldOf(domain);

    /// <summary>This domain's next write fails.</summary>
    internal static void Fail(string domain) => _failing[Id(domain)] = true;

    protected override async Task<IImmutableList<Exception?>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var writes = messages.ToList();
        if (_failing.TryRemove(writes[0].PersistenceId, out _)) throw new InvalidOperationException("The journal's disk is full.");
        if (_holds.TryRemove(writes[0].PersistenceId, out var hold)) await hold.PassAsync();
        return await base.WriteMessagesAsync(writes, cancellationToken);
    }

    private static string Id(string domain) => $"domain/{domain}";
}

/// <summary>One write that waits.</summary>
internal sealed class Hold
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Reached => _reached.Task;

    public void Release() => _released.SetResult();

    public Task PassAsync()
    {
        _reached.SetResult();
        return _released.Task;
    }
}
