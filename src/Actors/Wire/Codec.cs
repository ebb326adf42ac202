using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amble.Wire.Json;

namespace Amble.Wire;

/// <summary>A message as it travels or is kept.</summary>
/// <param name="Manifest">What the bytes are.</param>
public readonly record struct Encoded(string Manifest, byte[] Bytes);

/// <summary>
/// Every message that leaves a process, to bytes and back (S-7): UTF-8 JSON under a frozen manifest. What comes back equals what went in,
/// to the tick; values are checked as if they came from outside, and what cannot be read is refused whole.
/// </summary>
public static class Codec
{
    /// <summary>The most that one message may have (DESIGN.md section 5): the transport drops what is over its own limit with only a log line.</summary>
    public const int MostBytes = 64 << 10;

    internal static JsonSerializerOptions Options { get; } = MakeOptions();

    /// <exception cref="MessageTooBigException">It has more than <see cref="MostBytes"/>; see <see cref="Framing.FrameCutter"/>.</exception>
    /// <exception cref="ArgumentException">It has no manifest.</exception>
    public static Encoded Encode(object message)
    {
        var encoded = EncodeWhole(message);
        return encoded.Bytes.Length <= MostBytes ? encoded : throw new MessageTooBigException(encoded.Manifest, encoded.Bytes.Length);
    }

    /// <exception cref="UnreadableMessageException">The manifest is not known, or the bytes are no such message.</exception>
    public static object Decode(string manifest, ReadOnlyMemory<byte> bytes)
    {
        var type = Manifests.TypeOf(manifest);
        try
        {
            return JsonSerializer.Deserialize(bytes.Span, Options.GetTypeInfo(type)) ?? throw new UnreadableMessageException(manifest, "it is null.");
        }
        catch (JsonException fault)
        {
            throw new UnreadableMessageException(manifest, Problem(fault), fault);
        }
    }

    /// <summary>Of any size: for those who cut it.</summary>
    internal static Encoded EncodeWhole(object message)
    {
        var manifest = Manifests.Of(message);
        return new Encoded(manifest, JsonSerializer.SerializeToUtf8Bytes(message, Options.GetTypeInfo(message.GetType())));
    }

    private static string Problem(JsonException fault) =>
        fault.Path is null || fault.Message.Contains("Path:", StringComparison.Ordinal) ? fault.Message : $"{fault.Message} It stands at {fault.Path}.";

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions(WireContext.Default.Options)
        {
            // Titles of other alphabets stay as short as they are; nobody reads this as markup.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = WireContext.Default.WithAddedModifier(NullsMayBeMissing),
        };
        options.Converters.Add(new Lists());
        options.Converters.Add(new Pairs());
        options.Converters.Add(new NamedNumbers());
        options.MakeReadOnly();
        return options;
    }

    // A null is not written, so it must not be waited for.
    private static void NullsMayBeMissing(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.IsSetNullable) property.IsRequired = false;
        }
    }
}
