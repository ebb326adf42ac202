using Amble.Behaviours.Ports;

namespace Amble.App.Sql;

/// <summary>An open store of whichever engine.</summary>
public interface IStore : IDisposable
{
    IWriteStore Writes { get; }

    ReadStore Reads { get; }

    /// <summary>What retention does with it beside the writer.</summary>
    IRetentionStore Retention { get; }

    /// <summary>Every place where the tables contradict each other, in one sentence each; none when all is well. Reads everything.</summary>
    IReadOnlyList<string> CheckConsistency();
}
