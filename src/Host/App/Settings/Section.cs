using System.Collections;
using Amble.Behaviours.Runtime;

namespace Amble.App.Settings;

/// <summary>One section of the settings: the constants of a part of the program.</summary>
public interface ISection
{
    string Name { get; }

    IReadOnlyList<Setting> Settings { get; }

    /// <summary>What is wrong with these texts together: each of them can be read.</summary>
    IEnumerable<(Setting Setting, string Allowed)> Problems(Func<Setting, string> text);
}

/// <summary>
/// A settings record as a section of plain values. The record in the code says what is usual and what is allowed; here stands only
/// what each constant is called, and in which unit.
/// </summary>
public sealed class Section<T>(string name, T usual, Func<T, IReadOnlyList<SettingProblem>> judge) : ISection, IEnumerable<Setting>
{
    private readonly List<Entry> _entries = [];

    public string Name => name;

    public IReadOnlyList<Setting> Settings => [.. _entries.Select(entry => entry.Setting)];

    /// <param name="stem">The property's name, as JSON spells names; the unit's suffix follows it.</param>
    public void Add<V>(string stem, Unit<V> unit, Func<T, V> get, Func<T, V, T> set)
    {
        var key = stem + unit.Suffix;
        var setting = new Setting(
            $"{name}:{key}", $"AMBLE_{name}__{key}".ToUpperInvariant(), null, unit.Write(get(usual)), unit.Allowed, text => unit.Read(text) is not null);
        _entries.Add(new Entry(stem, key, setting, value => value is V known ? unit.Write(known) : "", (built, text) => unit.Read(text) is { } read ? set(built, read.Value) : built));
    }

    /// <summary>The record that these texts make.</summary>
    public T Build(Func<Setting, string> text) => _entries.Aggregate(usual, (built, entry) => entry.Set(built, text(entry.Setting)));

    public IEnumerable<(Setting Setting, string Allowed)> Problems(Func<Setting, string> text) =>
        from problem in judge(Build(text))
        let entry = Of(problem.Property)
        select (entry.Setting, Allowed(entry, problem.Allowed));

    IEnumerator<Setting> IEnumerable<Setting>.GetEnumerator() => Settings.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Settings.GetEnumerator();

    private string Allowed(Entry entry, Allowed allowed) => allowed is Allowed.Between between
        ? $"{Limit(entry, between.Least, between.LeastBy)} to {Limit(entry, between.Most, between.MostBy)}"
        : allowed.ToString();

    private string Limit(Entry entry, object value, string? by) => by is null ? entry.Write(value) : $"{entry.Write(value)} ({Of(by).Key})";

    private Entry Of(string property) =>
        _entries.Find(entry => entry.Stem.Equals(property, StringComparison.OrdinalIgnoreCase)) ?? throw new InvalidOperationException($"{typeof(T).Name}.{property} is no setting.");

    private sealed record Entry(string Stem, string Key, Setting Setting, Func<object, string> Write, Func<T, string, T> Set);
}
