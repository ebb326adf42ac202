using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amble.App.Http;
using Amble.App.Settings;
using Amble.Behaviours.Inspection;
using Amble.Behaviours.Ports;

namespace Amble.App.Inspecting;

/// <summary>Asks a node elsewhere over its HTTP API.</summary>
public static class RemoteInspection
{
    private const int LongestAnswer = 4 << 20;

    /// <returns>An answer, or one sentence that says why there is none.</returns>
    public static async Task<(InspectionAnswer? Answer, string? Problem)> AskAsync(HostPort node, string? token, InspectionQuestion asked, CancellationToken stop)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri($"http://{node}/"),
            Timeout = 3 * IInspection.Deadline,
            MaxResponseContentBufferSize = LongestAnswer,
        };
        var argument = asked.Argument is null ? "" : $"?arg={Uri.EscapeDataString(asked.Argument)}";
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{InspectRoutes.Path[1..]}/{asked.Command}{argument}");
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        try
        {
            using var answer = await http.SendAsync(request, stop);
            return answer.IsSuccessStatusCode
                ? (await answer.Content.ReadFromJsonAsync<InspectionAnswer>(stop), null)
                : (null, Detail(await answer.Content.ReadAsStringAsync(stop)) ?? $"{node} answered {(int)answer.StatusCode}; is it an Amble of this version?");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or IOException || e is TaskCanceledException && !stop.IsCancellationRequested)
        {
            return (null, $"{node} does not answer as an Amble does: {e.GetBaseException().Message.TrimEnd('.')}.");
        }
    }

    private static string? Detail(string body)
    {
        try
        {
            return JsonNode.Parse(body)?["detail"]?.GetValue<string>();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
