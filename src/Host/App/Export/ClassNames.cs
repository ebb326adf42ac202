using Amble.Messages;

namespace Amble.App.Export;

/// <summary>The status classes as they are written and asked for.</summary>
public static class ClassNames
{
    /// <summary>Fit to follow "allowed is".</summary>
    public const string Allowed = "one of ok, redirected, broken, refused, unknown";

    public static string Of(StatusClass @class) => @class.ToString().ToLowerInvariant();

    public static bool TryParse(string? text, out StatusClass @class)
    {
        foreach (var one in Enum.GetValues<StatusClass>())
        {
            if (Of(one) == text)
            {
                @class = one;
                return true;
            }
        }
        @class = default;
        return false;
    }
}
