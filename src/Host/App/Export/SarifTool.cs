using System.Globalization;
using System.Text;
using System.Text.Json;
using Amble.App.Http;

namespace Amble.App.Export;

/// <summary>What a SARIF run says of the tool, of how the crawl went, and how it says it.</summary>
internal static class SarifTool
{
    public const string Name = "Amble";

    public static void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", Name);
        json.WriteString("version", typeof(SarifTool).Assembly.GetName().Version?.ToString(3) ?? "0");
        json.WriteStartArray("rules");
        foreach (var rule in SarifRule.All)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            json.WriteString("name", rule.Name);
            WriteMessage(json, "shortDescription", rule.Short);
            WriteMessage(json, "help", rule.Help);
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", rule.Level);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <param name="cut">What was left out, a sentence each.</param>
    public static void WriteInvocation(Utf8JsonWriter json, JobSummary job, IReadOnlyList<string> cut)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", job.State == "completed");
        if (job.FirstRequestAt is { } from)
        {
            json.WriteString("startTimeUtc", Instant(from));
        }
        if (job.EndedAt is { } to)
        {
            json.WriteString("endTimeUtc", Instant(to));
        }
        json.WriteStartArray("toolExecutionNotifications");
        foreach (var (level, text) in Notifications(job, cut))
        {
            json.WriteStartObject();
            json.WriteString("level", level);
            WriteMessage(json, "message", text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <summary>A message's plain text, where brackets make links and braces hold places, unless they are escaped (SARIF 2.1.0 sections 3.11.5, 3.11.6).</summary>
    public static void WriteMessage(Utf8JsonWriter json, string name, string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var c in ExportText.Clean(text))
        {
            clean.Append(c switch { '[' => "\\[", ']' => "\\]", '\\' => "\\\\", '{' => "{{", '}' => "}}", _ => c.ToString() });
        }
        json.WriteStartObject(name);
        json.WriteString("text", clean.ToString());
        json.WriteEndObject();
    }

    private static IEnumerable<(string Level, string Text)> Notifications(JobSummary job, IReadOnlyList<string> cut)
    {
        if (job.State != "completed")
        {
            yield return ("error", $"The crawl is {job.State}{(job.Reason is { } reason ? ": " + reason : ".")}");
        }
        foreach (var remark in cut)
        {
            yield return ("warning", remark);
        }
        if (job.Unknown > 0)
        {
            yield return ("warning", $"Pages that were not answered, so that nobody knows whether they are broken: {job.Unknown}.");
        }
        if (job.Refused > 0)
        {
            yield return ("note", $"Pages that the site did not want to give us: {job.Refused}.");
        }
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
