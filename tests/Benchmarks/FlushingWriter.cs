using Amble.App;
using Amble.App.Sql;
using Amble.App.Sql.Postgres;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Retention;
using Amble.Behaviours.Writing;
using Amble.Local;
using Amble.Messages;

namespace Amble.Benchmarks;

/// <summary>The product's own writer and retention on a store, with a way to hold the writer as others do.</summary>
internal sealed class FlushingWriter : IWriteStore, IDiskProbe, IDisposable
{
    private readonly Lock _hand = new();
    private readonly IWriteStore _writes;
    private readonly LocalWriter _writer;

    public FlushingWriter(IStore store, RetentionSettings settings)
    {
        _writes = store.Writes;
        var scheduler = new PoolScheduler(TimeProvider.System);
        _writer = new LocalWriter(scheduler, this, WriterQueueSettings.Default);
        Retention = new RetentionDriver(scheduler, _writer, new RetentionSurroundings(settings, store.Retention, this, _ => { }));
    }

    public RetentionDriver Retention { get; }

    public double? UsedPercent() => null;

    public IReadOnlyList<WriterProtocol.IReply> Commit(IReadOnlyList<WriterProtocol.ICommand> commands)
    {
        lock (_hand) return _writes.Commit(commands);
    }

    /// <summary>Nobody else writes meanwhile.</summary>
    public void Hold(Action action)
    {
        lock (_hand) action();
    }

    /// <summary>Answers when all of them are committed.</summary>
    public Task FlushAsync(IReadOnlyList<WriterProtocol.ICommand> commands)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = commands.Count;
        foreach (var command in commands)
        {
            _writer.Take(command, reply =>
            {
                if (reply is WriterProtocol.Rejected rejected) done.TrySetException(new InvalidOperationException(rejected.Reason));
                else if (Interlocked.Decrement(ref left) == 0) done.TrySetResult();
            });
        }
        return done.Task;
    }

    public void Dispose()
    {
        Retention.Close();
        _writer.Kill();
    }
}
