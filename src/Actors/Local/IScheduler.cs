namespace Amble.Local;

/// <summary>When and on which thread things happen. One for real life, one for the simulation.</summary>
public interface IScheduler
{
    /// <summary>Never goes backwards within a process.</summary>
    DateTimeOffset Now { get; }

    /// <summary>As soon as a thread is free.</summary>
    void Run(Action action);

    /// <summary>The same for work that may block on the disk.</summary>
    void RunBlocking(Action action);

    /// <summary>The same for work that keeps a processor busy, or may never return: it takes no thread from the others.</summary>
    void RunLong(Action action) => RunBlocking(action);

    /// <summary>The same for the few that must not wait behind all the others: the writer, and a lease.</summary>
    void RunPromptly(Action action) => RunBlocking(action);

    /// <summary>At that instant or, when it has passed, as soon as may be; disposing cancels.</summary>
    IDisposable RunAt(DateTimeOffset instant, Action action);
}
