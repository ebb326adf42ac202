using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Amble.App.Export;

namespace Amble.Host.Specs.Export;

/// <summary>Exports as tests look at them: text, and what a reader of that format makes of it.</summary>
internal static class Exported
{
    public static async Task<string> TextAsync(ExportFormat format, ExportInput input)
    {
        using var to = new MemoryStream();
        await ExportFormats.WriteAsync(format, to, input, CancellationToken.None);
        // A reader that is strict about UTF-8: a broken sequence is an error and no question mark.
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(to.ToArray());
    }

    public static async Task<JsonObject> JsonAsync(ExportInput input) => JsonNode.Parse(await TextAsync(ExportFormat.Json, input))!.AsObject();

    public static async Task<XElement> JunitAsync(ExportInput input)
    {
        var text = await TextAsync(ExportFormat.Junit, input);
        PublishedSchemas.CheckJunit(text);
        return XDocument.Parse(text, LoadOptions.PreserveWhitespace).Root!;
    }

    public static async Task<JsonObject> SarifAsync(ExportInput input)
    {
        var text = await TextAsync(ExportFormat.Sarif, input);
        await PublishedSchemas.CheckSarifAsync(text);
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>Each record by the names of the header, read by a reader of RFC 4180 that is not the writer's own.</summary>
    public static async Task<List<Dictionary<string, string>>> CsvAsync(ExportInput input)
    {
        var records = Rfc4180.Read(await TextAsync(ExportFormat.Csv, input));
        return [.. records.Skip(1).Select(record => records[0].Zip(record, KeyValuePair.Create).ToDictionary())];
    }
}
