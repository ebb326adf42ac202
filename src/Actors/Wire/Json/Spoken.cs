using System.Text.Json;
using System.Text.Json.Serialization;
using Amble.Messages;

namespace Amble.Wire.Json;

/// <summary>A message within a message: its manifest, then itself. Each keeps its own version.</summary>
internal abstract class Spoken<T> : JsonConverter<T> where T : class
{
    public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException($"A manifest and a message are expected, and not {reader.TokenType}.");
        reader.Read();
        var manifest = reader.GetText();
        var inner = Manifests.TypeOf(manifest);
        if (!inner.IsAssignableTo(typeof(T))) throw new JsonException($"A message '{manifest}' has no place here.");
        reader.Read();
        var message = (T?)JsonSerializer.Deserialize(ref reader, options.GetTypeInfo(inner));
        return reader.Read() && reader.TokenType == JsonTokenType.EndArray && message is not null
            ? message
            : throw new JsonException($"A manifest and one message are expected, and '{manifest}' is followed by something else.");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(Manifests.Of(value));
        JsonSerializer.Serialize(writer, value, options.GetTypeInfo(value.GetType()));
        writer.WriteEndArray();
    }
}

internal sealed class SpokenCommand : Spoken<WriterProtocol.ICommand>;

internal sealed class SpokenReply : Spoken<WriterProtocol.IReply>;
