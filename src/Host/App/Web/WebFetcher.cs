using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Web;

/// <summary>
/// The web through one client: HTTP/1.1 and 2, no cookies, no proxy, no redirect followed. Everything that can be too long, too large or too
/// slow has a cap in <see cref="WebSettings"/>; what goes wrong out there is an outcome. Only a stop is thrown.
/// </summary>
public sealed class WebFetcher : IWeb, IDisposable
{
    private readonly WebSettings _settings;
    private readonly TimeProvider _clock;
    private readonly Connections _connections;
    private readonly HttpMessageInvoker _client;
    private readonly string _userAgent;
    private readonly ConditionalWeakTable<JobSpec, ScopeRule> _scopes = [];

    /// <exception cref="ArgumentException">The settings have problems; the message lists all of them.</exception>
    public WebFetcher(WebSettings settings, TimeProvider clock)
    {
        if (settings.Problems() is { Count: > 0 } problems)
            throw new ArgumentException(string.Join(Environment.NewLine, problems), nameof(settings));
        (_settings, _clock, _userAgent) = (settings, clock, settings.UserAgent);
        _connections = new Connections(settings, clock);
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectTimeout = settings.ConnectTimeout,
            ConnectCallback = _connections.OpenAsync,
            PlaintextStreamFilter = _connections.Watch,
            MaxResponseHeadersLength = (settings.HeaderCap + 1023) / 1024,
            // A body that was left alone is not worth reading to save its connection: what is worth it was read already.
            MaxResponseDrainSize = 0,
            EnableMultipleHttp2Connections = true,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            // Names move: a connection that lives for ever would never notice.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            // Servers that send a raw Location send it in UTF-8.
            ResponseHeaderEncodingSelector = (name, _) => name.Equals("Location", StringComparison.OrdinalIgnoreCase) ? Encoding.UTF8 : Encoding.Latin1,
        });
    }

    public async Task<FetchOutcome> FetchAsync(FetchRequest request, Action<DateTimeOffset> left, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var timeline = new FetchTimeline(_clock, request.Url.Origin, left);
        using var deadline = new CancellationTokenSource(_settings.FetchTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            return await AskAsync(request, timeline, either.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new OperationCanceledException(stop);
        }
        catch (Exception e) when (FailureRule.IsExpected(e))
        {
            var (failure, detail) = FailureRule.Read(e, request.Url.Domain.Value);
            return Failed(timeline, failure, detail);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<FetchOutcome> AskAsync(FetchRequest request, FetchTimeline timeline, CancellationToken stop)
    {
        var url = request.Url;
        if (!Uri.TryCreate(url.Text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }, out var uri))
            return Failed(timeline, FetchFailure.NoSuchHost, $"{url.Host} is no name that can be looked up.");

        using var message = Message(uri, timeline);
        FetchTimeline.Current.Value = timeline;
        var sent = timeline.Now;
        if (_connections.IsMultiplexed(timeline.Origin))
            timeline.LeftUnseen(sent);
        using var answer = await _client.SendAsync(message, stop);
        timeline.LeftUnseen(sent);
        timeline.Answered();

        var head = AnswerHead.Of(answer, url, _settings.HeadersKept);
        await using var content = await answer.Content.ReadAsStreamAsync(stop);
        if (request.Kind == RequestKind.Robots && head.IsGood)
            return await RobotsAsync(head, content, timeline, stop);
        if (request.Kind is not (RequestKind.Robots or RequestKind.Sitemap) && head.IsGood && ContentTypeRule.IsPage(head.ContentType))
            return await PageAsync(request, head, content, timeline, stop);
        if (request.Kind is not (RequestKind.Robots or RequestKind.Sitemap) && head.IsGood && ContentTypeRule.IsUnknown(head.ContentType))
            return await UnknownAsync(request, head, content, timeline, stop);
        return await OtherAsync(head, content, timeline, stop);
    }

    private HttpRequestMessage Message(Uri uri, FetchTimeline timeline)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, uri) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        message.Headers.TryAddWithoutValidation("User-Agent", _userAgent);
        message.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");
        message.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br");
        message.Options.Set(FetchTimeline.Key, timeline);
        return message;
    }

    private async ValueTask<FetchOutcome> RobotsAsync(AnswerHead head, Stream content, FetchTimeline timeline, CancellationToken stop)
    {
        using var body = await BodyReader.ReadAsync(content, head.Encodings, _settings.RobotsCap, cut: true, _settings, stop);
        timeline.Ended();
        if (Trouble(body, timeline) is { } failed)
            return failed;
        return Answered(head, body.Received, timeline, robots: new RobotsBody(Encoding.UTF8.GetString(body.Bytes)));
    }

    private async ValueTask<FetchOutcome> PageAsync(FetchRequest request, AnswerHead head, Stream content, FetchTimeline timeline, CancellationToken stop)
    {
        if (head.ContentLength > _settings.BodyCap)
            return Failed(timeline, FetchFailure.TooLarge, $"The body is too large: it is over {_settings.BodyCap:N0} bytes.");
        using var body = await BodyReader.ReadAsync(content, head.Encodings, _settings.BodyCap, cut: false, _settings, stop);
        timeline.Ended();
        if (Trouble(body, timeline) is { } failed)
            return failed;
        return Answered(head, body.Received, timeline, page: Read(request, head, body));
    }

    // It is no page's fault that it is large or broken before it is known to be one.
    private async ValueTask<FetchOutcome> UnknownAsync(FetchRequest request, AnswerHead head, Stream content, FetchTimeline timeline, CancellationToken stop)
    {
        using var body = await BodyReader.ReadAsync(content, head.Encodings, _settings.BodyCap, cut: true, _settings, stop);
        timeline.Ended();
        return Answered(head, body.Received, timeline, page: body.End == BodyEnd.Whole && ContentTypeRule.BeginsAsPage(body.Bytes) ? Read(request, head, body) : null);
    }

    private PageContent Read(FetchRequest request, AnswerHead head, Body body) =>
        HtmlPage.Read(body.Bytes, head.Charset, head.RobotsTags, request.Url, request.Depth, _scopes.GetValue(request.Job, ScopeRule.Of));

    private async ValueTask<FetchOutcome> OtherAsync(AnswerHead head, Stream content, FetchTimeline timeline, CancellationToken stop)
    {
        if (ChallengeRule.NeedsBody(head.Status))
        {
            using var body = await BodyReader.ReadAsync(content, head.Encodings, ChallengeRule.Looked, cut: true, _settings, stop);
            timeline.Ended();
            return Answered(head, body.Received, timeline, said: Encoding.Latin1.GetString(body.Bytes));
        }
        var received = head.ContentLength > _settings.UnreadCap ? 0 : await BodyReader.SkipAsync(content, _settings.UnreadCap, stop);
        timeline.Ended();
        return Answered(head, received, timeline);
    }

    private static FetchOutcome.Failed? Trouble(Body body, FetchTimeline timeline) => body.End switch
    {
        BodyEnd.TooLarge => Failed(timeline, FetchFailure.TooLarge, $"The body is too large: {body.Trouble}."),
        BodyEnd.Broken => Failed(timeline, FetchFailure.BadAnswer, $"The encoding of the body is broken: {body.Trouble}."),
        _ => null,
    };

    private static FetchOutcome.Answered Answered(AnswerHead head, long bytes, FetchTimeline timeline, PageContent? page = null, RobotsBody? robots = null, string said = "") => new(
        timeline.StartedAt, timeline.Took, timeline.Phases, head.Status, bytes, head.ContentType, head.RedirectTo, head.RetryAfter, head.Date,
        ChallengeRule.Recognise(head.Status, head.Lines, said), head.Lines, page, robots);

    private static FetchOutcome.Failed Failed(FetchTimeline timeline, FetchFailure failure, string detail)
    {
        timeline.Failed();
        return new(timeline.StartedAt, timeline.Took, timeline.Phases, failure, detail);
    }
}
