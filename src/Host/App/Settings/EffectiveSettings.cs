using System.Globalization;

namespace Amble.App.Settings;

/// <param name="Source">Who set it: default, appsettings.json, environment or command line.</param>
public readonly record struct SetValue(string Text, string Source);

/// <summary>What is in force, each value with who set it. Only values that are allowed get in here.</summary>
public sealed class EffectiveSettings(IReadOnlyDictionary<Setting, SetValue> values)
{
    public HostPort Http => HostPort.TryParse(Text(Setting.Http), out var value) ? value : throw new InvalidOperationException("The settings' reader lets no wrong address through.");

    public string Directory => Text(Setting.Data) is { Length: > 0 } directory ? Path.GetFullPath(directory) : DataDirectory.Usual();

    public bool AllowPrivate => bool.Parse(Text(Setting.AllowPrivate));

    public HostPort? ConnectTo => HostPort.TryParse(Text(Setting.ConnectTo), out var value) ? value : null;

    public int Concurrency => int.Parse(Text(Setting.Concurrency), CultureInfo.InvariantCulture);

    public string? Contact => Text(Setting.Contact) is { Length: > 0 } contact ? contact : null;

    public Messages.TrackingParameters TrackingParameters => Messages.TrackingParameters.TryRead(Text(Setting.TrackingParameters), out var parameters)
        ? parameters : throw new InvalidOperationException("The settings' reader lets no wrong list through.");

    /// <summary>One line a setting: name, value, who set it.</summary>
    public IEnumerable<string> Lines() =>
        Setting.All.Select(setting => $"  {setting.Path,-19} {Shown(setting),-40} {values[setting].Source}");

    private string Text(Setting setting) => values[setting].Text;

    private string Shown(Setting setting) => setting == Setting.Data ? Directory : Text(setting) is { Length: > 0 } text ? text : "none";
}
