using Amble.App.Sql.Reading;
using Amble.Behaviours.Retention;

namespace Amble.App.Sql;

/// <summary>How long what is stored is shown, by which clock.</summary>
public sealed record StoreKeeping(RetentionSettings Settings, TimeProvider Clock)
{
    internal static int HoursOf(StoreKeeping? keeping) => (int)(keeping?.Settings ?? RetentionSettings.Default).Period.TotalHours;

    internal static TimeSpan HitsOf(StoreKeeping? keeping) => (keeping?.Settings ?? RetentionSettings.Default).Hits;

    internal static TimeProvider ClockOf(StoreKeeping? keeping) => keeping?.Clock ?? TimeProvider.System;

    internal static Ages AgesOf(StoreKeeping? keeping) => new(keeping?.Settings, ClockOf(keeping));
}
