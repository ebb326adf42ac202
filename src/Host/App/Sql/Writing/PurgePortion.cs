using Amble.Messages;

namespace Amble.App.Sql.Writing;

/// <summary>A part of a slice, taken at once.</summary>
/// <param name="Rows">Rows that have gone.</param>
/// <param name="Next">Where to go on; null when nothing is left.</param>
internal readonly record struct PurgePortion(long Rows, PurgePlace? Next);
