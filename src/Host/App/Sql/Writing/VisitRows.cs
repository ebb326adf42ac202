using Amble.Messages;

namespace Amble.App.Sql.Writing;

/// <summary>Writes a visit with its details, its page's title, and whether the page can be asked for on a condition next time.</summary>
internal abstract class VisitRows
{
    public abstract void Insert(Visit visit);

    /// <summary>Writes what is not written yet.</summary>
    public virtual void Flush()
    {
    }

    /// <summary>Ends the turn, or what was done in it is undone.</summary>
    public virtual void Forget()
    {
    }
}
