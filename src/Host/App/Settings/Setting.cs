using Amble.App.Sql.Postgres;

namespace Amble.App.Settings;

/// <summary>One thing that can be set in a file, in the environment or on the command line.</summary>
/// <param name="Path">Its name in <c>appsettings.json</c>, inside the section <c>amble</c>; <c>pace:floorMs</c> stands in a section of that.</param>
/// <param name="Variable">Its name in the environment, where two underscores lead into a section.</param>
/// <param name="Option">Its name on the command line; null when it has none.</param>
/// <param name="Allowed">What is allowed, in words.</param>
/// <param name="IsAllowed">Whether a text is.</param>
public sealed record Setting(string Path, string Variable, string? Option, string Default, string Allowed, Func<string, bool> IsAllowed)
{
    public static readonly Setting Http = new("http", "AMBLE_HTTP", "--http", "127.0.0.1:8080", HostPort.Allowed, text => HostPort.TryParse(text, out _));

    public static readonly Setting Data = new(
        "data", "AMBLE_DATA", "--data", "", "a directory, or nothing for the usual place", text => !text.Contains('\0'));

    public static readonly Setting Postgres = new(
        "postgres", "AMBLE_POSTGRES", "--postgres", "", PostgresConnections.Allowed + ", or nothing", text => text.Length == 0 || PostgresConnections.TryRead(text, out _))
    {
        IsSecret = true,
    };

    /// <summary>Beside the token that `amble token` makes: one for all nodes, told by whoever deploys them.</summary>
    public static readonly Setting TokenHash = new(
        "tokenSha256", "AMBLE_TOKEN_SHA256", null, "", "the SHA-256 hash of a token as 64 hexadecimal digits, or nothing",
        text => text.Length == 0 || text.Length == 64 && text.All(char.IsAsciiHexDigit));

    public static readonly Setting AllowPrivate = new(
        "allowPrivate", "AMBLE_ALLOW_PRIVATE", "--allow-private", "false", "true or false", text => bool.TryParse(text, out _));

    public static readonly Setting ConnectTo = new(
        "connectTo", "AMBLE_CONNECT_TO", "--connect-to", "", HostPort.Allowed + ", or nothing", text => text.Length == 0 || HostPort.TryParse(text, out _));

    public static readonly Setting Concurrency = new(
        "concurrency", "AMBLE_CONCURRENCY", "--concurrency", "20", WholeNumber.Between(1, 1000), text => WholeNumber.TryParse(text, 1, 1000, out _));

    /// <summary>Pages that differ only in these are one page; a list that changes between runs on one data directory makes new pages of old ones.</summary>
    public static readonly Setting TrackingParameters = new(
        "trackingParameters", "AMBLE_TRACKING_PARAMETERS", null, Messages.TrackingParameters.Usual, Messages.TrackingParameters.Allowed,
        text => Messages.TrackingParameters.TryRead(text, out _));

    /// <summary>Those that every command may have.</summary>
    public static IReadOnlyList<Setting> Plain { get; } = [Http, Data, Postgres, TokenHash, AllowPrivate, ConnectTo, Concurrency, TrackingParameters];

    /// <summary>Those outside of any section.</summary>
    public static IReadOnlyList<Setting> Outside { get; } = [.. Plain, .. ClusterSetting.All];

    /// <summary>All there are, in the order of the file.</summary>
    public static IEnumerable<Setting> All => Outside.Concat(Sections.All.SelectMany(section => section.Settings));

    /// <summary>It may hold a password, so a wrong value is not repeated.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The last part of <see cref="Path"/>.</summary>
    public string Name => Path[(Path.IndexOf(':') + 1)..];
}
