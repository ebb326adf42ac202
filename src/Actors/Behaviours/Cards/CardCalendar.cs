namespace Amble.Behaviours.Cards;

/// <summary>What is due by the clock: carrying on, the night's redrawing, clearing up.</summary>
public enum CardDuty { Nothing = 0, CarryOn, Redraw, ClearUp }

/// <summary>
/// When a node's own rounds are due. By night, once a day, cards are redrawn; every few minutes what job ends left over is carried on with;
/// every hour pictures that nothing names are cleared away. One duty at a time, the rarest first. What a start misses is caught up at the
/// next time: nothing of it is urgent.
/// </summary>
public sealed record CardCalendar(DateTimeOffset NextNight, DateTimeOffset NextCarry, DateTimeOffset NextClear)
{
    private static readonly TimeSpan _clearEvery = TimeSpan.FromHours(1);

    public static CardCalendar From(DateTimeOffset now, CardSettings settings) => new(Night(now, settings), now + settings.CarryOnEvery, now + _clearEvery);

    public (CardDuty Duty, CardCalendar Next) At(DateTimeOffset now, CardSettings settings) =>
        now >= NextNight ? (CardDuty.Redraw, this with { NextNight = Night(now, settings) })
        : now >= NextClear ? (CardDuty.ClearUp, this with { NextClear = now + _clearEvery })
        : now >= NextCarry ? (CardDuty.CarryOn, this with { NextCarry = now + settings.CarryOnEvery })
        : (CardDuty.Nothing, this);

    // The next time that the hour begins.
    private static DateTimeOffset Night(DateTimeOffset now, CardSettings settings)
    {
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddHours(settings.NightlyHour);
        return today > now ? today : today.AddDays(1);
    }
}
