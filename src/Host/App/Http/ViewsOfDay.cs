using Amble.Behaviours.Ports;

namespace Amble.App.Http;

/// <summary>Views of a page on a day, as the API tells them.</summary>
/// <param name="Views">By browsers.</param>
/// <param name="BotViews">By everything else.</param>
public sealed record ViewsOfDay(DateOnly Day, long Views, long BotViews)
{
    public static ViewsOfDay Of(DayViews day) => new(day.Day, day.Views.People, day.Views.Bots);
}
