using System.Text.RegularExpressions;

namespace Amble.Actors.Specs.House;

/// <summary>
/// The rules that keep the house what it is, as questions to its text. Each answers with one sentence per fault: where, what, and what is
/// allowed. They read text and not types, so that a part that is not built in here is judged too.
/// </summary>
public static partial class HouseRules
{
    private const int MostLines = 300;

    /// <summary>Who may know whom: Messages ← Behaviours ← Local, Wire ← Cluster ← App.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Messages"] = [],
        ["Behaviours"] = ["Messages"],
        ["Local"] = ["Messages", "Behaviours"],
        ["Wire"] = ["Messages", "Behaviours"],
        ["Cluster"] = ["Messages", "Behaviours", "Local", "Wire"],
        ["Palette"] = ["Messages", "Behaviours", "Cluster"],
        ["SkiaPainter"] = ["Messages", "Behaviours"],
        ["PangoPainter"] = ["Messages", "Behaviours"],
        ["App"] = ["Messages", "Behaviours", "Local", "Wire", "Cluster", "Palette", "SkiaPainter", "PangoPainter"],
    };

    /// <summary>These are only words and decisions: nobody else's package is needed for them.</summary>
    private static readonly string[] WithoutPackages = ["Messages", "Behaviours", "Local", "Wire"];

    /// <summary>What every folder of Behaviours may import: the contract and the ports.</summary>
    private static readonly string[] SharedFolders = ["Runtime", "Ports"];

    public static IEnumerable<string> ArrowsPointOneWay(Blueprint house)
    {
        foreach (var (path, text) in house.Projects.Where(project => project.Path.StartsWith("src/", StringComparison.Ordinal)))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (!Arrows.TryGetValue(name, out var allowed))
            {
                yield return $"{path} has no place in the house; its rooms are {string.Join(", ", Arrows.Keys)}.";
                continue;
            }
            foreach (var other in References().Matches(text).Select(match => Path.GetFileNameWithoutExtension(match.Groups[1].Value.Replace('\\', '/'))))
            {
                if (!allowed.Contains(other))
                {
                    yield return $"{path} references {other}; allowed are {(allowed.Length == 0 ? "none" : string.Join(", ", allowed))}.";
                }
            }
            if (WithoutPackages.Contains(name) && text.Contains("<PackageReference", StringComparison.Ordinal))
            {
                yield return $"{path} references a package; {name} has none.";
            }
        }
        // A using line can outrun its project's references through a transitive one.
        foreach (var (room, allowed) in Arrows)
        {
            var rooms = Arrows.Keys.Except(allowed).Where(other => other != room).ToHashSet();
            foreach (var file in house.Sources("src/").Where(file => file.Path.Split('/').SkipLast(1).Contains(room)))
            {
                foreach (var used in file.Lines.Select(line => Usings().Match(line)).Where(match => match.Success && rooms.Contains(match.Groups[1].Value)))
                {
                    yield return $"{file.Path} uses {used.Groups[1].Value}; {room} may know {(allowed.Length == 0 ? "nobody" : string.Join(", ", allowed))}.";
                }
            }
        }
    }

    public static IEnumerable<string> DutiesDoNotImportEachOther(Blueprint house, Exceptions except)
    {
        var needed = new HashSet<(string, string)>();
        foreach (var file in house.Sources("src/Actors/Behaviours/"))
        {
            var folder = file.Path.Split('/')[3];
            foreach (var other in file.Lines.SelectMany(line => Duties().Matches(line)).Select(match => match.Groups[1].Value).Distinct())
            {
                if (other == folder || SharedFolders.Contains(other))
                {
                    continue;
                }
                needed.Add((folder, other));
                if (!except.Imports.ContainsKey((folder, other)))
                {
                    yield return $"{file.Path} imports {other}; duties talk by messages, or the list of exceptions says why not.";
                }
            }
        }
        foreach (var (from, to) in except.Imports.Keys.Where(pair => !needed.Contains(pair)))
        {
            yield return $"The exception {from} to {to} is not needed any more.";
        }
    }

    public static IEnumerable<string> OneIdeaPerFile(Blueprint house, Exceptions except)
    {
        var needed = new HashSet<string>();
        foreach (var file in house.Sources("").Where(file => file.Lines.Count > MostLines + 1))
        {
            needed.Add(file.Path);
            if (!except.LongFiles.ContainsKey(file.Path))
            {
                yield return $"{file.Path} has {file.Lines.Count - 1} lines; allowed are {MostLines}.";
            }
        }
        foreach (var path in except.LongFiles.Keys.Where(path => !needed.Contains(path)))
        {
            yield return $"The exception for {path} is not needed any more.";
        }
    }

    public static IEnumerable<string> NamesSaySomething(Blueprint house) =>
        from file in house.Sources("")
        from name in file.Lines.Select(line => Types().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value)
        where EmptyNames().IsMatch(name)
        select $"{file.Path}: {name} does not say what it is; names do not end in Manager, Helper, Util, Common, Base, Impl, Data or Info.";

    public static IEnumerable<string> CommentsAreReasons(Blueprint house) =>
        from file in house.Sources("")
        from line in file.Lines.Select((text, index) => (Text: text.Trim(), Number: index + 1))
        let fault = FaultOf(line.Text)
        where fault is not null
        select $"{file.Path}, line {line.Number}: {fault}";

    private static string? FaultOf(string line) => line switch
    {
        _ when line.StartsWith("#region", StringComparison.Ordinal) => "regions hide; a file that needs them is two files.",
        _ when line.StartsWith("#pragma warning disable", StringComparison.Ordinal) => "a warning is mended, not silenced.",
        _ when Banners().IsMatch(line) => "a banner says nothing.",
        _ when CodeInComments().IsMatch(line) => "code that is not needed is taken away, not commented out.",
        _ => null,
    };

    /// <summary>A rule's file opens with the rule in words.</summary>
    public static IEnumerable<string> RulesOpenInWords(Blueprint house) =>
        from file in house.Sources("src/Actors/Behaviours/")
        where file.Path.EndsWith("Rule.cs", StringComparison.Ordinal)
        let first = file.Lines.FirstOrDefault(line => line.Length > 0 && !line.StartsWith("using ", StringComparison.Ordinal)
            && !line.StartsWith("namespace ", StringComparison.Ordinal)) ?? ""
        where !first.StartsWith("/// <summary>", StringComparison.Ordinal) && !first.StartsWith("// ", StringComparison.Ordinal)
        select $"{file.Path} does not open with the rule in words; the first thing after the namespace is a summary or a comment that says it.";

    /// <summary>Surprise is a crash: who catches everything hides it. A filter that names what is expected is fine.</summary>
    public static IEnumerable<string> SurpriseIsACrash(Blueprint house, Exceptions except)
    {
        var needed = new HashSet<string>();
        foreach (var file in house.Sources("src/"))
        {
            for (var at = 0; at < file.Lines.Count; at++)
            {
                // A catch that throws on again only cleans up.
                if (CatchAlls().IsMatch(file.Lines[at]) && !file.Lines.Skip(at + 1).Take(6).Any(line => line.Trim() == "throw;"))
                {
                    needed.Add(file.Path);
                    if (!except.CatchAlls.ContainsKey(file.Path))
                    {
                        yield return $"{file.Path}, line {at + 1} catches everything; only the outermost edges do, and the list of exceptions names them.";
                    }
                }
            }
        }
        foreach (var path in except.CatchAlls.Keys.Where(path => !needed.Contains(path)))
        {
            yield return $"The exception for {path} is not needed any more.";
        }
    }

    /// <summary>System first, then by name: two people who add a line add it at the same place.</summary>
    public static IEnumerable<string> UsingsAreSorted(Blueprint house) =>
        from file in house.Sources("")
        let usings = file.Lines.TakeWhile(line => !line.StartsWith("namespace ", StringComparison.Ordinal))
            .Select(line => PlainUsings().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).ToList()
        where !usings.SequenceEqual(usings.OrderBy(name => name != "System" && !name.StartsWith("System.", StringComparison.Ordinal))
            .ThenBy(name => name.Replace('.', ' '), StringComparer.OrdinalIgnoreCase))
        select $"{file.Path}: the using lines are not sorted; System comes first, then the others by name.";

    /// <summary>A test that claims a row of SEEDS.md claims one that is there.</summary>
    public static IEnumerable<string> ClaimedRowsExist(Blueprint house)
    {
        if (house.Seeds is not { } seeds)
        {
            yield break;
        }
        var rows = SeedRows().Matches(seeds).Select(match => match.Groups[1].Value.TrimEnd('+')).ToHashSet();
        foreach (var file in house.Sources("tests/"))
        {
            foreach (var row in file.Lines.SelectMany(line => SeedTraits().Matches(line)).Select(match => match.Groups[1].Value))
            {
                if (!rows.Contains(row.TrimEnd('+')))
                {
                    yield return $"{file.Path} claims to prove {row}, and SEEDS.md has no such row.";
                }
            }
        }
    }

    [GeneratedRegex("<ProjectReference Include=\"([^\"]+)\"")]
    private static partial Regex References();

    [GeneratedRegex(@"^(?:global )?using (?:static )?(?:\w+ = )?Amble\.(\w+)")]
    private static partial Regex Usings();

    [GeneratedRegex(@"\bAmble\.Behaviours\.(\w+)")]
    private static partial Regex Duties();

    [GeneratedRegex(@"^\s*(?:(?:public|internal|private|protected|sealed|static|abstract|partial|readonly|ref|file) )*(?:class|record struct|record class|record|struct|interface|enum) (\w+)")]
    private static partial Regex Types();

    [GeneratedRegex("(?<=[a-z0-9])(?:Manager|Helpers?|Util|Utils|Utility|Utilities|Common|Base|Impl|Data|Info)$")]
    private static partial Regex EmptyNames();

    [GeneratedRegex(@"^(?://|/\*)\W*[=*#~_-]{4,}")]
    private static partial Regex Banners();

    // Prose ends neither in a semicolon nor in a brace, and has no "= new", "=>" or "()" at its end.
    [GeneratedRegex(@"^//(?!/)\s*\S.*(?:;|\{|\}|=>|\(\)|\) \{)$|^//(?!/)\s*[{}]$")]
    private static partial Regex CodeInComments();

    [GeneratedRegex(@"^\s*catch(?:\s*\((?:System\.)?Exception(?:\s+\w+)?\))?\s*$")]
    private static partial Regex CatchAlls();

    [GeneratedRegex(@"^using ((?!static )[\w.]+);")]
    private static partial Regex PlainUsings();

    [GeneratedRegex(@"^\| ([A-Z]-\d+\+?) \|", RegexOptions.Multiline)]
    private static partial Regex SeedRows();

    [GeneratedRegex("Trait\\(\"Seeds\", \"([^\"]+)\"\\)")]
    private static partial Regex SeedTraits();
}
