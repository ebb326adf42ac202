using Amble.Messages;

namespace Amble.Behaviours.Crawl;

// Under which names people register theirs (publicsuffix.org, ICANN and private section, as browsers read it).
// Of all rules that match the end of a name the longest wins, and an exception wins over all; where none matches, the last label alone is
// public. "*.x" makes every name one label below x public, "!y.x" takes y.x out of that again. The registrable domain is the public suffix
// with one label more. A dot at the end (the root) belongs to the name and decides nothing.

/// <summary>The Public Suffix List. Hosts are canonical, as in <see cref="PageUrl.Host"/>: lower case, IDNA in ASCII.</summary>
public static class PublicSuffixes
{
    [Flags]
    private enum Rule { None = 0, Public = 1, PublicBelow = 2, Exception = 4 }

    private static readonly Dictionary<string, Rule> _rules = Load();
    private static readonly Dictionary<string, Rule>.AlternateLookup<ReadOnlySpan<char>> _byName = _rules.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly int _mostLabels = _rules.Keys.Max(name => name.AsSpan().Count('.')) + 1;

    /// <summary>Rules that are known, exceptions among them.</summary>
    public static int Count => _rules.Values.Sum(rule => int.PopCount((int)rule));

    /// <summary>The end of the host that somebody has registered; empty for an IP address, a single label and a public suffix itself.</summary>
    public static ReadOnlySpan<char> RegistrableDomain(ReadOnlySpan<char> host)
    {
        var name = host is [.., '.'] ? host[..^1] : host;
        if (IsAddress(name)) return default;

        // Label by label from the end; "registered" is where the label before the longest public suffix begins, below zero when there is none.
        var registered = LabelBefore(name, name.LastIndexOf('.') + 1);
        var isPublicBelow = false;
        var from = name.Length + 1;
        for (var labels = 1; from > 0 && labels <= _mostLabels + 1; labels++)
        {
            var last = from;
            from = LabelBefore(name, last);
            var rule = _byName.TryGetValue(name[from..], out var found) ? found : Rule.None;
            if ((rule & Rule.Exception) != 0) return host[from..];
            if (isPublicBelow || (rule & Rule.Public) != 0) registered = LabelBefore(name, from);
            isPublicBelow = (rule & Rule.PublicBelow) != 0;
        }
        return registered < 0 ? default : host[registered..];
    }

    // Where the label begins that ends one character before "end"; -1 when nothing is left.
    private static int LabelBefore(ReadOnlySpan<char> name, int end) => end < 1 ? -1 : name[..(end - 1)].LastIndexOf('.') + 1;

    // A canonical host that ends in a digit is an IPv4 address (WHATWG URL section 3.5), as no top-level domain is a number.
    private static bool IsAddress(ReadOnlySpan<char> name) =>
        name.IsEmpty || name[0] == '[' || name[(name.LastIndexOf('.') + 1)..].IndexOfAnyExceptInRange('0', '9') < 0;

    private static Dictionary<string, Rule> Load()
    {
        using var reader = new StreamReader(typeof(PublicSuffixes).Assembly.GetManifestResourceStream("Amble.public_suffixes.txt")!);
        var rules = new Dictionary<string, Rule>(10_000, StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line is [] or ['/', '/', ..]) continue;
            var (name, rule) = line[0] switch
            {
                '!' => (line[1..], Rule.Exception),
                '*' => (line[2..], Rule.PublicBelow),
                _ => (line, Rule.Public),
            };
            rules[name] = rules.GetValueOrDefault(name) | rule;
        }
        rules.TrimExcess();
        return rules;
    }
}
