namespace Amble.Host.Specs.Live;

/// <summary>Reads server-sent events from an open answer, one at a time.</summary>
internal sealed class EventReader(HttpResponseMessage answer, StreamReader lines) : IDisposable
{
    public sealed record Event(string? Id, string? Name, string Data, bool IsComment);

    public HttpResponseMessage Answer => answer;

    public static async Task<EventReader> OpenAsync(HttpClient http, string path, string? lastId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastId is not null) request.Headers.TryAddWithoutValidation("Last-Event-ID", lastId);
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new EventReader(answer, new StreamReader(await answer.Content.ReadAsStreamAsync()));
    }

    /// <summary>The next block; null at the end of the stream.</summary>
    public async Task<Event?> NextAsync()
    {
        var fields = new List<(string Name, string Value)>();
        while (await lines.ReadLineAsync() is { } line)
        {
            if (line.Length > 0)
            {
                var colon = line.IndexOf(':');
                fields.Add((line[..colon], line[(colon + 1)..].TrimStart()));
                continue;
            }
            if (fields is [("retry", _)]) fields.Clear();
            else return new Event(Of("id"), Of("event"), Of("data") ?? "", fields.Exists(field => field.Name.Length == 0));
        }
        return null;

        string? Of(string name) => fields.Find(field => field.Name == name).Value;
    }

    /// <summary>The names of all that come until the stream ends.</summary>
    public async Task<string> ToTheEndAsync()
    {
        var names = new List<string>();
        while (await NextAsync() is { } next) names.Add(next.Name ?? "alive");
        return string.Join(' ', names);
    }

    public void Dispose()
    {
        lines.Dispose();
        answer.Dispose();
    }
}
