using System.Data.Common;
using Amble.Behaviours.Ports;

namespace Amble.App.Sql;

/// <summary>What an engine's error means to us. By its code, never by its text; what is in no list is a surprise and goes up.</summary>
internal abstract class StoreErrors
{
    /// <summary>The row itself is at fault: it will never be stored, whoever tries.</summary>
    public abstract bool IsBadRow(DbException error);

    /// <summary>Time or an operator may heal it: nothing was stored, or it is unknown whether.</summary>
    public abstract bool IsUnavailable(DbException error);

    public abstract StoreUnavailableException Unavailable(DbException error);
}
