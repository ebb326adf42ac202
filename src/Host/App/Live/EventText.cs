using System.Text.Json;
using System.Text.Json.Nodes;
using Amble.App.Cli;
using Amble.App.Http;
using Amble.App.Pages;
using Amble.Behaviours.Ports;

namespace Amble.App.Live;

/// <summary>
/// Events as they go over the wire (WHATWG HTML, section 9.2, server-sent events). The framework's writer can neither send a comment nor
/// leave an id out, so these few lines are our own. JSON in ASCII has no line breaks, and so is one data field.
/// </summary>
public static class EventText
{
    /// <summary>Goes out where there is nothing to tell. It moves the reader's place and is no event, since it has no data.</summary>
    public static string Alive(VisitMark at) => $": alive\nid: {new EventMark(at, false)}\n\n";

    /// <summary>Milliseconds after which a browser that lost its connection comes back.</summary>
    public const string Retry = "retry: 2000\n\n";

    public static string Of(LiveEvent what) => what switch
    {
        LiveEvent.Progress progress => Write(new EventMark(progress.At, false), "progress", Sums(progress.Sums)),
        LiveEvent.Visit visit => Write(new EventMark(visit.What.Mark, false), "visit", Visit(visit)),
        // Without an id: who loses its connection just now is told of the gap again.
        LiveEvent.Gap gap => Write(null, "gap", new JsonObject { ["first"] = gap.First, ["last"] = gap.Last }),
        LiveEvent.End end => Write(new EventMark(end.At, true), "end", Sums(end.Sums)),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };

    private static string Write(EventMark? id, string name, JsonObject data) =>
        $"{(id is { } known ? $"id: {known}\n" : "")}event: {name}\ndata: {data.ToJsonString()}\n\n";

    /// <summary>The fields of <c>/api/jobs/{id}</c>, and beside them what a page shows in words.</summary>
    private static JsonObject Sums(JobSummary sums)
    {
        var now = sums.Now is { } doing ? doing with { Doing = PageText.Clean(doing.Doing) } : null;
        var data = JsonSerializer.SerializeToNode(sums with { Reason = sums.Reason is { } why ? PageText.Clean(why) : null, Now = now }, JsonSerializerOptions.Web)!.AsObject();
        data["done"] = sums.Done;
        data["shown"] = new JsonObject { ["bytes"] = Quantity.Bytes(sums.Bytes), ["doing"] = PageText.Clean(JobPage.Doing(sums)) };
        return data;
    }

    private static JsonObject Visit(LiveEvent.Visit visit) => new()
    {
        ["page"] = visit.What.Page.Value,
        ["url"] = PageText.Clean(visit.What.Url.Text),
        ["class"] = visit.What.Class.ToString().ToLowerInvariant(),
        ["outcome"] = PageText.Clean(VisitWords.Outcome(visit.What.Status, visit.What.Error)),
        ["source"] = visit.What.Source is { } source ? PageText.Clean(source.Text) : null,
    };
}
