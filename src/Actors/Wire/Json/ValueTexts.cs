using System.Text.Json;
using System.Text.Json.Serialization;
using Amble.Messages;

namespace Amble.Wire.Json;

/// <summary>A URL as its canonical text; any other text is refused.</summary>
internal sealed class PageUrlText : JsonConverter<PageUrl>
{
    public override PageUrl Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        var text = reader.GetText();
        if (!PageUrl.TryParse(text, out var url, out var problem)) throw new JsonException(problem);
        return url.Text == text ? url : throw new JsonException($"'{text}' is not canonical; allowed is '{url.Text}'.");
    }

    public override void Write(Utf8JsonWriter writer, PageUrl value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}

/// <summary>A domain as its canonical text; any other text is refused.</summary>
internal sealed class DomainNameText : JsonConverter<DomainName>
{
    public override DomainName Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        var text = reader.GetText();
        return DomainName.TryRead(text, out var domain) && domain.Value == text
            ? domain
            : throw new JsonException($"'{text}' is not a domain's name; allowed is HOST or HOST:PORT as Amble writes it.");
    }

    public override void Write(Utf8JsonWriter writer, DomainName value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

/// <summary>A job as its number.</summary>
internal sealed class JobNumber : JsonConverter<JobId>
{
    public override JobId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(reader.GetNumber("A job"));

    public override void Write(Utf8JsonWriter writer, JobId value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}

/// <summary>A page as its number.</summary>
internal sealed class PageNumber : JsonConverter<PageId>
{
    public override PageId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(reader.GetNumber("A page"));

    public override void Write(Utf8JsonWriter writer, PageId value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}

internal static class ReaderExtensions
{
    public static string GetText(this ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException($"A text is expected, and not {reader.TokenType}.");

    /// <summary>Numbers that the writer gave begin at 1.</summary>
    public static long GetNumber(this ref Utf8JsonReader reader, string what) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) && number >= 1
            ? number
            : throw new JsonException($"{what}'s number is a whole number from 1.");
}
