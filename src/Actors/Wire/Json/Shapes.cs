using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amble.Wire.Json;

/// <summary>Lists of messages: no element is ever null, which the generated readers would let through.</summary>
internal sealed class Lists : JsonConverterFactory
{
    public override bool CanConvert(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

    public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(ListOf<>).MakeGenericType(type.GetGenericArguments()))!;

    private sealed class ListOf<T> : JsonConverter<IReadOnlyList<T>>
    {
        public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException($"A list is expected, and not {reader.TokenType}.");
            var list = new List<T>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) list.Add(Element.Read<T>(ref reader, options));
            return list;
        }

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var element in value) Element.Write(writer, element, options);
            writer.WriteEndArray();
        }
    }
}

/// <summary>A pair as a list of two.</summary>
internal sealed class Pairs : JsonConverterFactory
{
    public override bool CanConvert(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTuple<,>);

    public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(PairOf<,>).MakeGenericType(type.GetGenericArguments()))!;

    private sealed class PairOf<TOne, TOther> : JsonConverter<(TOne, TOther)>
    {
        public override (TOne, TOther) Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException($"A pair is expected, and not {reader.TokenType}.");
            reader.Read();
            var one = Element.Read<TOne>(ref reader, options);
            reader.Read();
            var other = Element.Read<TOther>(ref reader, options);
            return reader.Read() && reader.TokenType == JsonTokenType.EndArray ? (one, other) : throw new JsonException("A pair has two parts.");
        }

        public override void Write(Utf8JsonWriter writer, (TOne, TOther) value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            Element.Write(writer, value.Item1, options);
            Element.Write(writer, value.Item2, options);
            writer.WriteEndArray();
        }
    }
}

/// <summary>An enum as its number; one that has no name in this version is refused, as nothing could be done with it.</summary>
internal sealed class NamedNumbers : JsonConverterFactory
{
    public override bool CanConvert(Type type) => type.IsEnum;

    public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Named<>).MakeGenericType(type))!;

    private sealed class Named<T> : JsonConverter<T> where T : struct, Enum
    {
        public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var number)) throw new JsonException($"A {typeof(T).Name} is a whole number.");
            var value = (T)Enum.ToObject(typeof(T), number);
            return Enum.IsDefined(value) ? value : throw new JsonException($"{number} is no {typeof(T).Name} of this version.");
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture));
    }
}

internal static class Element
{
    public static T Read<T>(ref Utf8JsonReader reader, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, (System.Text.Json.Serialization.Metadata.JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)))
        ?? throw new JsonException("A null stands where none may.");

    public static void Write<T>(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, (System.Text.Json.Serialization.Metadata.JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
}
