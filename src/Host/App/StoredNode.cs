using System.Diagnostics.Metrics;
using Amble.App.Sql;
using Amble.Behaviours.Ports;

namespace Amble.App;

/// <summary>A node all of whose reads come from one store, whatever runtime writes to it.</summary>
public abstract class StoredNode : INode
{
    public abstract ICrawlRuntime Runtime { get; }

    public abstract IInspection Inspection { get; }

    public abstract IRetention Retention { get; }

    public abstract IAccessLog AccessLog { get; }

    public abstract Meter Meter { get; }

    public virtual Task<string> WhenLost => INode.Never;

    public IPageReads Reads => Store;

    public IReportReads Reports => Store;

    public IPageLists Lists => Store;

    public ILiveReads Live => Store;

    public IInspectionReads Stored => Store;

    public IPolitenessReads Politeness => Store;

    public ICardReads CardReads => Store;

    public IAccessReads Access => Store;

    protected abstract ReadStore Store { get; }

    public abstract ValueTask DisposeAsync();
}
