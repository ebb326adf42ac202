namespace Amble.App.Export;

public enum ExportFormat { Json, Csv, Junit, Sarif }

/// <summary>The formats as they are asked for.</summary>
public static class ExportFormats
{
    /// <summary>Fit to follow "allowed is".</summary>
    public const string Allowed = "one of json, csv, junit, sarif";

    public static bool TryParse(string? text, out ExportFormat format)
    {
        (format, var known) = text switch
        {
            "json" => (ExportFormat.Json, true),
            "csv" => (ExportFormat.Csv, true),
            "junit" => (ExportFormat.Junit, true),
            "sarif" => (ExportFormat.Sarif, true),
            _ => (default, false),
        };
        return known;
    }

    /// <summary>Writes the jobs in a format.</summary>
    /// <returns>What a reader of the file should know, a sentence each.</returns>
    public static async Task<IReadOnlyList<string>> WriteAsync(ExportFormat format, Stream to, ExportInput input, CancellationToken stop)
    {
        switch (format)
        {
            case ExportFormat.Csv:
                await CsvExport.WriteAsync(to, input, stop);
                return [];
            case ExportFormat.Junit:
                await JunitExport.WriteAsync(to, input, stop);
                return [];
            case ExportFormat.Sarif:
                return await SarifExport.WriteAsync(to, input, stop);
            default:
                await JsonExport.WriteAsync(to, input, stop);
                return [];
        }
    }
}
