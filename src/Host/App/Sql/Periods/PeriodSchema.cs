using System.Reflection;

namespace Amble.App.Sql.Periods;

/// <summary>The tables of a period's file: a text of its own for each family. A period lives for days, so its tables are made once and never altered.</summary>
internal static class PeriodSchema
{
    private const int Version = 1;

    public static void Apply(SqliteDatabase database, PeriodFamily family)
    {
        if (database.Ask("PRAGMA user_version") != "0") return;
        database.Execute($"BEGIN IMMEDIATE;\n{Read(family)}\nPRAGMA user_version = {Version}; PRAGMA application_id = {SchemaFiles.ApplicationId};\nCOMMIT");
    }

    private static string Read(PeriodFamily family)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"Amble.Periods.{family.Name}")!);
        return reader.ReadToEnd();
    }
}
