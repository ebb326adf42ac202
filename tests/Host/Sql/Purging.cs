using Amble.App.Sql;
using Amble.Behaviours.Ports;
using Amble.Behaviours.Retention;
using Amble.Behaviours.Writing;
using Amble.Local;
using Xunit;

namespace Amble.Host.Specs.Sql;

/// <summary>
/// The real driver and writer on a store, on one thread and a clock that goes only where something waits. The clock is the store's, too, so
/// that what expires and what is shown go by the same instant.
/// </summary>
internal sealed class Purging : TimeProvider, IScheduler, IDiskProbe
{
    private readonly PriorityQueue<(Action Do, Alarm Alarm), DateTimeOffset> _waiting = new();

    public DateTimeOffset Now { get; set; } = StoreFixture.Start;

    /// <summary>How full the disk is, asked before each step.</summary>
    public Func<double?> Disk { get; set; } = () => null;

    public List<string> Said { get; } = [];

    /// <summary>Seen between two steps.</summary>
    public Action Between { get; set; } = () => { };

    public RetentionSettings Settings { get; init; } = RetentionSettings.Default;

    public StoreKeeping Keeping => new(Settings, this);

    public override DateTimeOffset GetUtcNow() => Now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.UtcTicks;

    public double? UsedPercent() => Disk();

    /// <summary>As <c>amble purge</c> at that instant.</summary>
    public PurgeDone Purge(IStore store, DateTimeOffset now) => Run(store, now, out _);

    /// <summary>The same, with what retention tells of itself afterwards.</summary>
    public PurgeDone Run(IStore store, DateTimeOffset now, out RetentionNumbers numbers)
    {
        Now = now;
        var driver = new RetentionDriver(this, new LocalWriter(this, store.Writes, WriterQueueSettings.Default), new RetentionSurroundings(Settings, store.Retention, this, Said.Add));
        var done = driver.PurgeAsync(CancellationToken.None);
        while (!done.IsCompleted && _waiting.TryDequeue(out var next, out var at))
        {
            if (at > Now) Now = at;
            if (next.Alarm.IsOff) continue;
            next.Do();
            Between();
        }
        Assert.True(done.IsCompletedSuccessfully);
        numbers = driver.Numbers;
        driver.Close();
        _waiting.Clear();
        return done.Result;
    }

    void IScheduler.Run(Action action) => RunAt(Now, action);

    public void RunBlocking(Action action) => RunAt(Now, action);

    public IDisposable RunAt(DateTimeOffset instant, Action action)
    {
        var alarm = new Alarm();
        _waiting.Enqueue((action, alarm), instant);
        return alarm;
    }

    private sealed class Alarm : IDisposable
    {
        public bool IsOff { get; private set; }

        public void Dispose() => IsOff = true;
    }
}
