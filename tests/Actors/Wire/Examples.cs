using System.Reflection;
using System.Runtime.CompilerServices;
using Amble.Messages;
using Amble.Wire;

namespace Amble.Actors.Specs.Wire;

/// <summary>Where an example's values come from.</summary>
internal interface IChoices
{
    /// <summary>A number from 0 to below <paramref name="below"/>.</summary>
    int Number(int below);

    /// <summary>A text for the property of this name.</summary>
    string Text(string name);

    /// <summary>True when what may be missing is missing.</summary>
    bool Leaves(string name);
}

/// <summary>Instances of any message, made from its shape, so that no field of a new one can be forgotten.</summary>
internal static class Examples
{
    private static readonly DateTimeOffset _epoch = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly NullabilityInfoContext _nullability = new();

    public static object Of(Type type, IChoices choices) => Value(type, type.Name, choices);

    private static object Value(Type type, string name, IChoices c)
    {
        if (type == typeof(string)) return c.Text(name);
        if (type == typeof(bool)) return c.Number(2) != 0;
        if (type == typeof(int)) return c.Number(1_000_000) * (c.Number(4) == 3 ? -1 : 1);
        if (type == typeof(long)) return (long)c.Number(int.MaxValue) * c.Number(int.MaxValue);
        if (type == typeof(TimeSpan)) return new TimeSpan((long)c.Number(int.MaxValue) * c.Number(10_000) + c.Number(10));
        if (type == typeof(DateTimeOffset)) return c.Number(20) == 19 ? DateTimeOffset.MaxValue : _epoch.AddTicks((long)c.Number(int.MaxValue) * c.Number(1_000_000) + c.Number(10));
        if (type == typeof(Guid)) return new Guid(c.Number(int.MaxValue), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        if (type == typeof(byte[])) return Enumerable.Range(0, c.Number(64)).Select(_ => (byte)c.Number(256)).ToArray();
        if (type == typeof(PageUrl)) return PageUrl.FromStored($"http{(c.Number(2) == 0 ? "s" : "")}://a{c.Number(100)}.test/{c.Number(1000)}?q=%C3%A9");
        if (type == typeof(DomainName)) return DomainName.Of($"a{c.Number(100)}.test", c.Number(2) == 0 ? 443 : 8080);
        if (type == typeof(JobId)) return new JobId(1 + c.Number(int.MaxValue));
        if (type == typeof(PageId)) return new PageId(1L + c.Number(int.MaxValue) * 1000L);
        if (type == typeof(WriterProtocol.ICommand)) return Spoken<WriterProtocol.ICommand>(c);
        if (type == typeof(WriterProtocol.IReply)) return Spoken<WriterProtocol.IReply>(c);
        if (type.IsEnum) return Enum.GetValues(type).GetValue(c.Number(Enum.GetValues(type).Length))!;
        if (Nullable.GetUnderlyingType(type) is { } inner) return Value(inner, name, c);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)) return List(type.GetGenericArguments()[0], name, c);
        if (type.IsAssignableTo(typeof(ITuple))) return Activator.CreateInstance(type, [.. type.GetGenericArguments().Select(part => Value(part, name, c))])!;
        return Record(type, c);
    }

    private static object Spoken<T>(IChoices c)
    {
        // One that holds another would go on for ever.
        var types = Manifests.All.Select(row => row.Type).Where(type => type.IsAssignableTo(typeof(T)) && type != typeof(WriterProtocol.Rejected)).ToList();
        return Of(types[c.Number(types.Count)], c);
    }

    private static object List(Type type, string name, IChoices c)
    {
        var list = Array.CreateInstance(type, c.Number(4));
        for (var i = 0; i < list.Length; i++) list.SetValue(Value(type, name, c), i);
        return list;
    }

    private static object Record(Type type, IChoices c)
    {
        var constructor = type.GetConstructors().OrderByDescending(one => one.GetParameters().Length).First();
        var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Maybe(parameter.ParameterType, parameter.Name!, _nullability.Create(parameter), c))]);
        var positional = constructor.GetParameters().Select(parameter => parameter.Name!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(one => one.CanWrite && !positional.Contains(one.Name)))
        {
            property.SetValue(made, Maybe(property.PropertyType, property.Name, _nullability.Create(property), c));
        }
        return made;
    }

    private static object? Maybe(Type type, string name, NullabilityInfo nullability, IChoices c) =>
        nullability.ReadState == NullabilityState.Nullable && c.Leaves(name) ? null : Value(type, name, c);
}

/// <summary>Every field filled, each with the same value on every machine: what the golden bytes are made of.</summary>
internal sealed class FullChoices : IChoices
{
    private int _next = 1;

    public int Number(int below) => below <= 4 ? below / 2 : _next++ % below;

    public string Text(string name) => $"{name} “é” {_next++}";

    public bool Leaves(string name) => false;
}

/// <summary>Anything, by chance.</summary>
internal sealed class RandomChoices(int seed) : IChoices
{
    private static readonly string[] _texts = ["", "a", "\"</script>\\", "Überschrift", "日本語", "👩‍🚀", "\u0000\t\r\n\u2028", "עברית"];
    private readonly Random _random = new(seed);

    public int Number(int below) => _random.Next(below);

    public string Text(string name) => _texts[_random.Next(_texts.Length)];

    public bool Leaves(string name) => _random.Next(2) == 0;
}
