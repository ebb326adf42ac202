using System.Globalization;
using Amble.Behaviours.Ports;

namespace Amble.App.Live;

/// <summary>
/// An event's id as a browser keeps it and sends it back: <c>812-1767225600123</c>, a visit's number and stamp, so that it means the same
/// after a restart. <c>-end</c> follows once the job's end has been told.
/// </summary>
public readonly record struct EventMark(VisitMark Mark, bool IsEnd)
{
    public const string Allowed = "the id of an event from here, as in 812-1767225600123";
    private const string End = "-end";

    public static bool TryParse(string? text, out EventMark id)
    {
        id = default;
        if (text is null) return false;
        var isEnd = text.EndsWith(End, StringComparison.Ordinal);
        var parts = (isEnd ? text[..^End.Length] : text).Split('-');
        if (parts.Length != 2 || !TryNumber(parts[0], out var number) || !TryNumber(parts[1], out var stamp)) return false;
        id = new EventMark(new VisitMark(number, stamp), isEnd);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mark.Number}-{Mark.Stamp}{(IsEnd ? End : "")}");

    private static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
