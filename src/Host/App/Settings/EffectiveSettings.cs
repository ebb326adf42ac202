using System.Globalization;
using Amble.App.Live;
using Amble.App.Sql.Postgres;
using Amble.App.Web;
using Amble.Behaviours.AccessLog;
using Amble.Behaviours.Cards;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ingress;
using Amble.Behaviours.Retention;
using Amble.Behaviours.Writing;
using Amble.Messages;

namespace Amble.App.Settings;

/// <param name="Source">Who set it: default, appsettings.json, environment or command line.</param>
/// <param name="Where">Where exactly, fit for a <see cref="Problem"/>.</param>
public readonly record struct SetValue(string Text, string Source, string Where);

/// <summary>What is in force, each value with who set it. Only values that are allowed get in here.</summary>
/// <param name="refused">What was given a value that is not allowed; in force is the one before.</param>
public sealed class EffectiveSettings(IReadOnlyDictionary<Setting, SetValue> values, IReadOnlySet<Setting> refused)
{
    public HostPort Http => HostPort.TryParse(Text(Setting.Http), out var value) ? value : throw new InvalidOperationException("The settings' reader lets no wrong address through.");

    /// <summary>The data directory. Beside PostgreSQL it has what is of this machine alone, the token and the local socket, apart for each database.</summary>
    public string Directory => Postgres is { } connection ? Path.Combine(Data, PostgresConnections.Folder(connection)) : Data;

    /// <summary>The PostgreSQL database that is the store; null when the data directory has it. It may hold a password.</summary>
    public string? Postgres => UsesPostgres ? Text(Setting.Postgres) : null;

    /// <summary>Where jobs and pages are, for people.</summary>
    public string Store => Postgres is { } connection ? PostgresConnections.Where(connection) : $"'{Directory}'";

    /// <summary>The option that names the store, as it may be shown.</summary>
    public (string Name, string Value) StoreOption => Postgres is { } connection ? ("--postgres", PostgresConnections.Masked(connection)) : ("--data", Directory);

    /// <summary>The hash of a token that opens the API beside the data directory's own; null when none is set.</summary>
    public string? TokenHash => Text(Setting.TokenHash) is { Length: > 0 } hash ? hash : null;

    /// <summary>What is of this node alone: its lock and its local socket. Several nodes of a cluster may run on one machine, each with its own.</summary>
    public string NodeDirectory => IsCluster ? Path.Combine(Directory, $"node-{Text(ClusterSetting.Hostname).Replace(':', '-')}-{Text(ClusterSetting.Port)}") : Directory;

    /// <summary>It is to be one of many nodes.</summary>
    public bool IsCluster => bool.Parse(Text(ClusterSetting.Cluster));

    public bool AllowsPublicHostname => bool.Parse(Text(ClusterSetting.AllowPublic));

    /// <summary>The one-process runtime, also where the Cluster part is built in.</summary>
    public bool WantsLocal => Text(ClusterSetting.Runtime) == "local";

    public bool AllowPrivate => bool.Parse(Text(Setting.AllowPrivate));

    public HostPort? ConnectTo => HostPort.TryParse(Text(Setting.ConnectTo), out var value) ? value : null;

    public int Concurrency => int.Parse(Text(Setting.Concurrency), CultureInfo.InvariantCulture);

    /// <summary>The crawl's constants, those of its pace and its retries included.</summary>
    public CrawlSettings Crawl => Sections.Crawl.Build(Text) with { Pace = Sections.Pace.Build(Text), Retry = Sections.Retry.Build(Text) };

    public WebSettings Web => Sections.Web.Build(Text) with { AllowPrivate = AllowPrivate, ConnectTo = ConnectTo?.ToString() };

    public TrackingParameters TrackingParameters => TrackingParameters.TryRead(Text(Setting.TrackingParameters), out var parameters)
        ? parameters : throw new InvalidOperationException("The settings' reader lets no wrong list through.");

    public TrapSettings Traps => Sections.Traps.Build(Text);

    public WriterQueueSettings Writer => Sections.Writer.Build(Text);

    public RetentionSettings Retention => Sections.Retention.Build(Text);

    public AccessLogSettings AccessLog => Sections.AccessLog.Build(Text);

    /// <summary>How those who watch jobs are served.</summary>
    public LiveSettings Live => Sections.Live.Build(Text);

    public CardSettings Cards => Sections.Cards.Build(Text);

    /// <summary>How many pages one client may look at.</summary>
    public LimiterSettings Limiter => Sections.Limiter.Build(Text);

    /// <summary>Who runs this crawler, when somebody has said so.</summary>
    public string? Contact => Web.Contact == WebSettings.Default.Contact ? null : Web.Contact;

    /// <summary>What a node is opened with under these settings.</summary>
    /// <param name="maxInFlight">Most requests in flight for all jobs together; null leaves it to each job.</param>
    /// <param name="only">Start URLs whose unfinished jobs are taken up; null takes up all.</param>
    public NodeSettings Node(int? maxInFlight, IReadOnlyList<PageUrl>? only) => new(Directory, maxInFlight, only, Crawl, Writer, Web) { Traps = Traps, Retention = Retention, AccessLog = AccessLog, Cards = Cards, Postgres = Postgres };

    /// <summary>One line a setting: name, value, who set it. Of the constants only those that are not at their default, then how many are.</summary>
    public IEnumerable<string> Lines()
    {
        var constants = Setting.All.Except(Setting.Plain).ToList();
        var shown = Setting.Plain.Concat(constants.Where(setting => Text(setting) != setting.Default)).ToList();
        var (name, value) = (shown.Max(setting => setting.Path.Length), shown.Max(setting => Shown(setting).Length));
        foreach (var setting in shown)
        {
            yield return $"  {setting.Path.PadRight(name)}  {Shown(setting).PadRight(value)}  {values[setting].Source}";
        }
        var usual = Setting.Plain.Count + constants.Count - shown.Count;
        yield return $"  {usual} more stand at their defaults: appsettings.json beside the program has them all, with what they mean";
    }

    /// <summary>What is in force, and who said so.</summary>
    public SetValue this[Setting setting] => values[setting];

    /// <summary>A value was given and has been told to be wrong, so that nobody also calls it missing.</summary>
    public bool WasRefused(Setting setting) => refused.Contains(setting);

    private string Text(Setting setting) => values[setting].Text;

    private string Data => Text(Setting.Data) is { Length: > 0 } directory ? Path.GetFullPath(directory) : DataDirectory.Usual();

    // A directory that the command line names outweighs a database that something else does.
    private bool UsesPostgres => Text(Setting.Postgres).Length > 0 && (values[Setting.Data].Source != "command line" || values[Setting.Postgres].Source == "command line");

    private string Shown(Setting setting) =>
        setting == Setting.Data ? Directory
        : setting == Setting.Postgres ? Postgres is { } connection ? PostgresConnections.Masked(connection) : "none"
        : Text(setting) is not { Length: > 0 } text ? "none"
        : setting.IsSecret ? "***" : text;
}
