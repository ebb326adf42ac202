using System.Globalization;
using System.Reflection;

namespace Amble.App.Sql;

/// <summary>
/// The numbered schema files of this product. A database remembers the number of the last one that was run on it; missing ones are run
/// in order, each in a transaction of its own. A database with a higher number was written by a newer Amble and is refused.
/// </summary>
internal static class SchemaFiles
{
    /// <summary>Marks a file as ours: "Ambl".</summary>
    public const int ApplicationId = 0x416d626c;

    private static readonly Lazy<IReadOnlyList<(int Number, string Sql)>> All = new(Load);

    /// <summary>The number of the newest file.</summary>
    public static int Newest => All.Value[^1].Number;

    /// <exception cref="StoreProblemException">The database is newer than this product, or is not ours.</exception>
    public static void Apply(SqliteDatabase database, string where)
    {
        var version = Number(database.Ask("PRAGMA user_version"));
        var owner = Number(database.Ask("PRAGMA application_id"));
        if (version == 0 && owner == 0 && database.Ask("SELECT count(*) FROM sqlite_master") != "0" || owner != 0 && owner != ApplicationId)
            throw new StoreProblemException($"{where} is a database of another program; choose another data directory.");
        if (version > Newest)
        {
            throw new StoreProblemException(
                $"{where} was written by a newer Amble (schema {version}); this one knows schemas up to {Newest}: use the newer Amble or another data directory.");
        }

        foreach (var (number, sql) in All.Value)
        {
            if (number <= version) continue;
            database.Execute($"BEGIN IMMEDIATE;\n{sql}\nPRAGMA user_version = {number}; PRAGMA application_id = {ApplicationId};\nCOMMIT");
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static IReadOnlyList<(int, string)> Load()
    {
        var assembly = typeof(SchemaFiles).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith("Amble.Schema.", StringComparison.Ordinal))
                .Select(name => (int.Parse(name.AsSpan("Amble.Schema.".Length, 3), CultureInfo.InvariantCulture), Read(assembly, name)))
                .OrderBy(file => file.Item1),
        ];
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
