using Amble.Messages;

namespace Amble.App.Sql.Writing;

/// <summary>What commands ask of single units, and what they change of them. Only an open unit changes, so a repeated command changes nothing.</summary>
internal abstract class UnitRows
{
    /// <summary>Appends a request; false when it is there already.</summary>
    public abstract bool AddRequest(RequestMade request, DomainRow domain);

    /// <summary>One more request was sent for a unit; how many there are now, of a first or of a second visit.</summary>
    public abstract long CountTry(UnitKey unit, bool isWarm);

    /// <summary>Ends a unit whose first visit is stored; its depth, or null when it is not open for that.</summary>
    public abstract int? End(UnitKey unit, StatusClass @class);

    /// <summary>Its first visit is stored; it goes to the back of its domain's line for the second one. Its depth, or null as above.</summary>
    public abstract int? OpenForWarm(UnitKey unit, long dueAt);

    /// <summary>Ends a unit that was open for its second visit.</summary>
    public abstract bool EndWarm(UnitKey unit);

    public abstract bool EndSitemap(UnitKey unit, StatusClass @class);

    /// <summary>Ends an open unit without a visit, or keeps it out; null when it is not open.</summary>
    public abstract ClosedUnit? Close(UnitKey unit, ExclusionReason? why);

    public abstract void PutOff(Unit unit);

    /// <summary>The URL of a page that is known.</summary>
    public abstract string UrlOf(PageId page);

    /// <summary>Statements are about to change units: what was changed here is written and nothing is known any more.</summary>
    public virtual void LetGo()
    {
    }

    /// <summary>Writes what is not written yet.</summary>
    public virtual void Flush()
    {
    }

    /// <summary>Ends the turn, or what was done in it is undone.</summary>
    public virtual void Forget()
    {
    }
}

/// <param name="WasVisited">It was open for a second visit, and keeps its first.</param>
internal readonly record struct ClosedUnit(UnitKind Kind, long Domain, bool WasVisited);
