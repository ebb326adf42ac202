using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Amble.Actors.Specs.Wire;

/// <summary>Whether two messages say the same, lists inside them compared by what they hold.</summary>
internal static class Sameness
{
    /// <summary>The path of the first difference; null when there is none.</summary>
    public static string? Difference(object? one, object? other, string path = "")
    {
        if (one is null || other is null) return one is null && other is null ? null : path;
        if (one is IEnumerable and not string)
        {
            var (left, right) = (((IEnumerable)one).Cast<object?>().ToList(), ((IEnumerable)other).Cast<object?>().ToList());
            return left.Count != right.Count ? path : left.Zip(right).Select((pair, i) => Difference(pair.First, pair.Second, $"{path}[{i}]")).FirstOrDefault(found => found is not null);
        }
        if (one.GetType() != other.GetType()) return path;
        if (one is ITuple a && other is ITuple b) return Enumerable.Range(0, a.Length).Select(i => Difference(a[i], b[i], $"{path}({i})")).FirstOrDefault(found => found is not null);
        if (one.GetType().Namespace == "System" || one.GetType().IsEnum || one.Equals(other)) return one.Equals(other) ? null : path;
        var properties = one.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0).ToList();
        return properties.Count == 0
            ? path
            : properties.Select(property => Difference(property.GetValue(one), property.GetValue(other), $"{path}.{property.Name}")).FirstOrDefault(found => found is not null);
    }
}
