using System.Text.Json;

namespace Amble.App.Export;

/// <summary>
/// Reads a JSON text of any size as it comes and tells the texts at some paths, such as <c>jobs/summary/start</c>; arrays have no name
/// in a path. What is elsewhere is passed over without being kept.
/// </summary>
internal sealed class JsonPaths
{
    private const int BufferSize = 64 * 1024;

    private readonly HashSet<string> _wanted = new(StringComparer.Ordinal) { "" };
    private readonly Stack<(string Path, bool IsObject)> _open = [];
    private string? _next = "";
    private int _ignored;

    /// <param name="paths">Where a text or an end is wanted; the ways there are, too.</param>
    public JsonPaths(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            for (var slash = path.Length; slash > 0; slash = path.LastIndexOf('/', slash - 1))
            {
                _wanted.Add(path[..slash]);
            }
        }
    }

    /// <summary>A text or a number other than zero at a path.</summary>
    public Action<string, string> OnText { get; init; } = (_, _) => { };

    /// <summary>An object at a path has ended.</summary>
    public Action<string> OnEnd { get; init; } = _ => { };

    /// <exception cref="JsonException">It is not JSON.</exception>
    public void Read(Stream from)
    {
        var buffer = new byte[BufferSize];
        var held = 0;
        var state = new JsonReaderState(new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip });
        while (true)
        {
            var read = from.Read(buffer, held, buffer.Length - held);
            held += read;
            var reader = new Utf8JsonReader(buffer.AsSpan(0, held), isFinalBlock: read == 0, state);
            while (reader.Read())
            {
                Take(ref reader);
            }
            if (read == 0)
            {
                return;
            }
            state = reader.CurrentState;
            var consumed = (int)reader.BytesConsumed;
            buffer.AsSpan(consumed, held - consumed).CopyTo(buffer);
            held -= consumed;
            if (held == buffer.Length)
            {
                // One text alone fills it.
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
    }

    private void Take(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray when _ignored > 0 || Here is null:
                _ignored++;
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                _open.Push((Here!, reader.TokenType == JsonTokenType.StartObject));
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray when _ignored > 0:
                _ignored--;
                break;
            case JsonTokenType.EndObject:
                OnEnd(_open.Pop().Path);
                break;
            case JsonTokenType.EndArray:
                _open.Pop();
                break;
            case JsonTokenType.PropertyName when _ignored == 0:
                var path = _open.Peek().Path is { Length: > 0 } parent ? $"{parent}/{reader.GetString()}" : reader.GetString()!;
                _next = _wanted.Contains(path) ? path : null;
                break;
            case JsonTokenType.String when _ignored == 0 && Here is { } at:
                OnText(at, reader.GetString()!);
                break;
            case JsonTokenType.Number when _ignored == 0 && Here is { } at && reader.GetDouble() != 0:
                OnText(at, reader.GetDouble().ToString(System.Globalization.CultureInfo.InvariantCulture));
                break;
        }
    }

    /// <summary>Where the next value is; null where nothing is wanted.</summary>
    private string? Here => _open.TryPeek(out var around) && !around.IsObject ? around.Path : _next;
}
