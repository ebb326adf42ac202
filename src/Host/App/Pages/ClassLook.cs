using Amble.Messages;

namespace Amble.App.Pages;

/// <summary>How a status class is named, coloured and textured, everywhere the same. The word or a number always stands beside the colour.</summary>
public static class ClassLook
{
    /// <summary>In the order in which bars are stacked: what is well first.</summary>
    public static IReadOnlyList<StatusClass> All { get; } = [StatusClass.Ok, StatusClass.Redirected, StatusClass.Refused, StatusClass.Unknown, StatusClass.Broken];

    /// <summary>As in addresses, in the API and in the style sheet.</summary>
    public static string Name(StatusClass of) => of switch
    {
        StatusClass.Ok => "ok",
        StatusClass.Redirected => "redirected",
        StatusClass.Refused => "refused",
        StatusClass.Broken => "broken",
        _ => "unknown",
    };

    public static StatusClass? Parse(string? name) => All.Where(one => Name(one) == name).Select(one => (StatusClass?)one).FirstOrDefault();

    /// <summary>The colour of a chip: what a reader should do about it.</summary>
    public static string Tone(StatusClass? of) => of switch
    {
        StatusClass.Ok => "good",
        StatusClass.Broken => "bad",
        StatusClass.Refused or StatusClass.Unknown => "warn",
        _ => "",
    };
}
