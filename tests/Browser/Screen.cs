namespace Amble.Browser.Specs;

/// <summary>What a page is looked at with. Sizes are CSS pixels.</summary>
public sealed record Screen(int Width, int Height)
{
    public static readonly Screen Phone = new(390, 844);
    public static readonly Screen Desktop = new(1280, 900);

    /// <summary>The reader prefers dark pages.</summary>
    public bool IsDark { get; init; }

    /// <summary>The browser runs no scripts.</summary>
    public bool IsWithoutScript { get; init; }
}
