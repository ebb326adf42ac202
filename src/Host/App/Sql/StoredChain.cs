using System.Text.Json;
using Amble.Messages;

namespace Amble.App.Sql;

/// <summary>A redirect's chain in one column: a JSON array of [url, class, status]; null where there is none.</summary>
internal static class StoredChain
{
    public static string? Write(IReadOnlyList<ReportHop> chain) => chain.Count == 0
        ? null
        : JsonSerializer.Serialize(chain.Select(hop => new object?[] { hop.Url.Text, (int?)hop.Class, hop.Status }));

    public static IReadOnlyList<ReportHop> Read(string? stored)
    {
        if (stored is null) return [];
        using var chain = JsonDocument.Parse(stored);
        return
        [
            .. chain.RootElement.EnumerateArray().Select(hop => new ReportHop(PageUrl.FromStored(hop[0].GetString()!), (StatusClass?)Number(hop[1]), Number(hop[2]))),
        ];
    }

    private static int? Number(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetInt32();
}
