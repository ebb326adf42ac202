using Amble.Messages;

namespace Amble.App.Sql.Writing;

/// <summary>Writes a visit with its details, its page's title, and whether the page can be asked for on a condition next time.</summary>
internal abstract class VisitRows
{
    /// <param name="at">When it is stored: its details go to the period of this instant.</param>
    public abstract void Insert(Visit visit, DateTimeOffset at);

    /// <summary>Writes what is not written yet.</summary>
    public virtual void Flush()
    {
    }

    /// <summary>Ends the turn, or what was done in it is undone.</summary>
    public virtual void Forget()
    {
    }
}
