using System.Text;
using Amble.App.Live;
using Amble.Behaviours.Ports;

namespace Amble.App.Http;

/// <summary>
/// A job's events until it ends, the reader leaves or the server stops. While the reader is slow nothing is read for it and nothing is
/// kept: it goes on from the newest view, with a gap where that is too new.
/// </summary>
/// <param name="mark">What the reader was told last; null to begin now.</param>
internal sealed class EventStream(LiveHub hub, LiveHub.Watch watch, VisitMark? mark, IHostApplicationLifetime life) : IResult
{
    public async Task ExecuteAsync(HttpContext http)
    {
        using (watch)
        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping))
        {
            try
            {
                await StreamAsync(http.Response, stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // A stream that is cut off is what its reader's id is for.
            }
        }
    }

    public static void WriteHead(HttpResponse answer)
    {
        answer.ContentType = "text/event-stream";
        answer.Headers.CacheControl = "no-store";
        // What proxies of the nginx family ask for, so that they pass on each event as it comes.
        answer.Headers["X-Accel-Buffering"] = "no";
    }

    private async Task StreamAsync(HttpResponse answer, CancellationToken stop)
    {
        // Before the first byte, so that a store in trouble can still be told by a status.
        if (await watch.Job.JoinAsync(mark, stop) is not var (view, at)) return;
        WriteHead(answer);
        await SendAsync(answer, EventText.Retry, stop);
        var sentAt = hub.Clock.GetTimestamp();
        while (true)
        {
            (var events, at) = TellRule.Tell(view, at);
            if (events.Count > 0 || hub.Clock.GetElapsedTime(sentAt) >= hub.Settings.KeepAlive)
            {
                await SendAsync(answer, events.Count == 0 ? EventText.Alive(view.Head) : string.Concat(events.Select(EventText.Of)), stop);
                sentAt = hub.Clock.GetTimestamp();
            }
            if (events is [.., LiveEvent.End]) return;
            if (await watch.Job.NextAsync(stop) is not { } next) return;
            view = next;
        }
    }

    private static async Task SendAsync(HttpResponse answer, string text, CancellationToken stop)
    {
        await answer.Body.WriteAsync(Encoding.UTF8.GetBytes(text), stop);
        await answer.Body.FlushAsync(stop);
    }
}
