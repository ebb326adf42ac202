using System.Globalization;

namespace Amble.Benchmarks;

/// <summary>The same measure from several rounds: the middle one counts, the least and the most tell how far to trust it.</summary>
internal sealed class Figures
{
    private readonly List<double> _values = [];

    public void Add(double value) => _values.Add(value);

    public double Median
    {
        get
        {
            var sorted = _values.Order().ToList();
            return sorted.Count == 0 ? 0 : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
        }
    }

    public int Count => _values.Count;

    /// <summary>Below it lies this share of the values, as in 0.99.</summary>
    public double Share(double share) => _values.Count == 0 ? 0 : _values.Order().ElementAt(Math.Min(_values.Count - 1, (int)(share * _values.Count)));

    public double Most => _values.Count == 0 ? 0 : _values.Max();

    public double Last => _values[^1];

    public double Least => _values.Count == 0 ? 0 : _values.Min();

    /// <summary>As in <c>1,559 (1,407-1,702)</c>.</summary>
    public string Text(string format) =>
        string.Create(CultureInfo.InvariantCulture, $"{Written(Median, format)} ({Written(Least, format)}-{Written(Most, format)})");

    public static string Written(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
