using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Web;

/// <summary>
/// The web as a crawler sees it: each request by itself, no cookies, no redirect followed. Everything that can be too long, too large or too
/// slow has a cap in <see cref="WebSettings"/>; what goes wrong out there is an outcome. Only a stop is thrown. Jobs without a pace reach
/// loopback, private and link-local addresses only, whatever leads them elsewhere: a redirect, a link or a name that has moved.
/// </summary>
public sealed class WebFetcher : IWeb, IDisposable
{
    private readonly WebSettings _settings;
    private readonly TimeProvider _clock;
    private readonly ConnectionPool _paced;
    // Apart from the others, so that a connection which a paced job was allowed to open never serves an unpaced one.
    private readonly ConnectionPool _unpaced;
    private readonly string _userAgent;
    private readonly ConditionalWeakTable<JobSpec, ScopeRule> _scopes = [];

    /// <exception cref="ArgumentException">The settings have problems; the message lists all of them.</exception>
    public WebFetcher(WebSettings settings, TimeProvider clock)
        : this(settings, clock, Dns.GetHostAddressesAsync)
    {
    }

    /// <param name="resolve">From a name to its addresses.</param>
    internal WebFetcher(WebSettings settings, TimeProvider clock, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        if (WebSettings.Problems(settings) is { Count: > 0 } problems)
            throw new ArgumentException(string.Join(Environment.NewLine, problems), nameof(settings));
        (_settings, _clock, _userAgent) = (settings, clock, settings.UserAgent);
        _paced = new ConnectionPool(settings, new Connections(settings, clock, resolve, localOnly: false));
        _unpaced = new ConnectionPool(settings, new Connections(settings, clock, resolve, localOnly: true));
    }

    public Task<FetchOutcome> FetchAsync(FetchRequest request, IDeparture departure, CancellationToken stop) => FetchAsync(request, departure, null, stop);

    public Task<FetchOutcome> FetchSitemapAsync(FetchRequest request, IDeparture departure, StorePart store, CancellationToken stop) =>
        FetchAsync(request, departure, store, stop);

    private async Task<FetchOutcome> FetchAsync(FetchRequest request, IDeparture departure, StorePart? store, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var timeline = new FetchTimeline(_clock, request.Url.Origin, departure);
        using var deadline = new CancellationTokenSource(_settings.FetchTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            // While a part is being stored the site waits for us, so its deadline stands still.
            return await AskAsync(request, store is null ? null : StoreOffTheClock, timeline, either.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new OperationCanceledException(stop);
        }
        catch (Exception e) when (FailureRule.IsExpected(e) && timeline.IsRefused)
        {
            return new FetchOutcome.NotSent(timeline.StartedAt);
        }
        catch (Exception e) when (FailureRule.IsExpected(e))
        {
            var (failure, detail) = FailureRule.Read(e, request.Url.Domain.Value);
            return Failed(timeline, failure, detail);
        }

        async Task<bool> StoreOffTheClock(FoundPart part)
        {
            var from = timeline.Now;
            deadline.CancelAfter(Timeout.InfiniteTimeSpan);
            var goOn = await store(part).WaitAsync(either.Token);
            timeline.Waited(from);
            deadline.CancelAfter(timeline.Remaining(_settings.FetchTimeout));
            return goOn;
        }
    }

    public void Dispose()
    {
        _paced.Dispose();
        _unpaced.Dispose();
    }

    private async Task<FetchOutcome> AskAsync(FetchRequest request, StorePart? store, FetchTimeline timeline, CancellationToken stop)
    {
        var url = request.Url;
        if (!Uri.TryCreate(url.Text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }, out var uri))
            return Failed(timeline, FetchFailure.NoSuchHost, $"{url.Host} is no name that can be looked up.");

        using var message = Message(uri, request, timeline);
        var pool = request.Job.Asked.Unpaced ? _unpaced : _paced;
        FetchTimeline.Current.Value = timeline;
        var sent = timeline.Now;
        if (pool.Joins(timeline))
            timeline.LeftUnseen(sent);
        using var answer = await pool.SendAsync(message, stop);
        timeline.LeftUnseen(sent);
        timeline.Answered();

        var head = AnswerHead.Of(answer, url, _settings.HeadersKept);
        await using var content = await answer.Content.ReadAsStreamAsync(stop);
        if (request.Kind == RequestKind.Robots && head.IsGood)
            return await RobotsAsync(head, content, timeline, stop);
        if (store is not null && head.IsGood)
            return await SitemapAsync(request, store, head, content, timeline, stop);
        if (request.Kind is RequestKind.Robots or RequestKind.Sitemap)
            return await OtherAsync(head, content, timeline, stop);
        if (head.IsGood && ContentTypeRule.IsPage(head.ContentType))
            return await PageAsync(request, head, content, timeline, stop);
        if (head.IsGood && ContentTypeRule.IsUnknown(head.ContentType))
            return await UnknownAsync(request, head, content, timeline, stop);
        var other = await OtherAsync(head, content, timeline, stop);
        return request.Copy is { } copy && head.Status == 304 && other.Challenge is null ? Unchanged(request, copy, head, other) : other;
    }

    private HttpRequestMessage Message(Uri uri, FetchRequest request, FetchTimeline timeline)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, uri) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        message.Headers.TryAddWithoutValidation("User-Agent", _userAgent);
        message.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");
        message.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br");
        if (request.Copy?.Validators is { } known)
        {
            // Both, where both are known: who understands the first looks at it alone (RFC 9110 section 13.1.3).
            if (known.ETag is { } etag)
                message.Headers.TryAddWithoutValidation("If-None-Match", etag);
            if (known.LastModified is { } date)
                message.Headers.TryAddWithoutValidation("If-Modified-Since", date);
        }
        message.Options.Set(FetchTimeline.Key, timeline);
        return message;
    }

    private async ValueTask<FetchOutcome> RobotsAsync(AnswerHead head, Stream content, FetchTimeline timeline, CancellationToken stop)
    {
        using var body = await BodyReader.ReadAsync(content, head.Encodings, _settings.RobotsCap, cut: true, _settings, stop);
        timeline.Ended();
        if (Trouble(body, timeline) is { } failed)
            return failed;
        return Answered(head, body.Received, timeline, robots: new RobotsBody(RobotsText.Decode(body.End == BodyEnd.Cut ? WholeLines(body.Bytes) : body.Bytes)));
    }

    // Half a rule is another rule: of "Disallow: /private" it may be the "Disallow: /" that forbids all.
    private static ReadOnlySpan<byte> WholeLines(ReadOnlySpan<byte> cut) => cut.LastIndexOfAny((byte)'\n', (byte)'\r') is >= 0 and var end ? cut[..(end + 1)] : cut;

    private async ValueTask<FetchOutcome> PageAsync(FetchRequest request, AnswerHead head, Stream content, FetchTimeline timeline, CancellationToken stop)
    {
        if (head.ContentLength > _settings.BodyCap)
            return Failed(timeline, FetchFailure.TooLarge, $"The body is too large: it is over {_settings.BodyCap:N0} bytes.");
        using var body = await BodyReader.ReadAsync(content, head.Encodings, _settings.BodyCap, cut: false, _settings, stop);
        timeline.Ended();
        if (Trouble(body, timeline) is { } failed)
            return failed;
        return Page(request, head, body, timeline);
    }

    private async ValueTask<FetchOutcome> SitemapAsync(
        FetchRequest request, StorePart store, AnswerHead head, Stream content, FetchTimeline timeline, CancellationToken stop)
    {
        var scope = _scopes.GetValue(request.Job, ScopeRule.Of);
        var read = await SitemapReader.ReadAsync(content, head.Encodings, request, scope, SitemapReader.UsualPart, store, stop);
        timeline.Ended();
        return Answered(head, read.Received, timeline) with { Sitemap = read.Content };
    }

    // It is no page's fault that it is large or broken before it is known to be one.
    private async ValueTask<FetchOutcome> UnknownAsync(FetchRequest request, AnswerHead head, Stream content, FetchTimeline timeline, CancellationToken stop)
    {
        using var body = await BodyReader.ReadAsync(content, head.Encodings, _settings.BodyCap, cut: true, _settings, stop);
        timeline.Ended();
        return body.End == BodyEnd.Whole && ContentTypeRule.BeginsAsPage(body.Bytes) ? Page(request, head, body, timeline) : Answered(head, body.Received, timeline);
    }

    private FetchOutcome.Answered Page(FetchRequest request, AnswerHead head, Body body, FetchTimeline timeline)
    {
        // What a guard says in the page's place has no links of the site's.
        if ((ChallengeRule.Recognise(head.Status, head.Lines, "") ?? ChallengeRule.RecognisePage(body.Bytes)) is { } guard)
            return Answered(head, body.Received, timeline) with { Challenge = guard };
        // A second visit is there for the caches, a check for the status; what is on the page is known.
        if (request.Kind == RequestKind.Warm || request.IsCheck)
            return Answered(head, body.Received, timeline);
        var content = HtmlPage.Read(body.Bytes, head.Charset, head.RobotsTags, request.Url, request.Depth, _scopes.GetValue(request.Job, ScopeRule.Of));
        return Answered(head, body.Received, timeline, content) with
        {
            Validators = head.Status == 200 ? ValidatorRule.Judge(head.ETag, head.LastModified, head.CacheControl) : null,
        };
    }

    private FetchOutcome.Answered Unchanged(FetchRequest request, PageCopy copy, AnswerHead head, FetchOutcome.Answered answer)
    {
        var robots = new RobotsDirectives();
        foreach (var tag in head.RobotsTags)
            robots = robots.With(RobotsDirectives.OfHeader(tag));
        return answer with
        {
            Content = CopyRule.Content(copy, request.Url, request.Depth, _scopes.GetValue(request.Job, ScopeRule.Of), robots.NoIndex, robots.NoFollow),
            Validators = ValidatorRule.ForbidsStoring(head.CacheControl) ? null : copy.Validators,
            Unchanged = copy,
        };
    }

    private async ValueTask<FetchOutcome.Answered> OtherAsync(AnswerHead head, Stream content, FetchTimeline timeline, CancellationToken stop)
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

    private static FetchOutcome.Answered Answered(AnswerHead head, long bytes, FetchTimeline timeline, PageContent? page = null, RobotsBody? robots = null, string said = "")
    {
        var challenge = ChallengeRule.Recognise(head.Status, head.Lines, said);
        return new(
            timeline.StartedAt, timeline.Took, timeline.Phases, head.Status, bytes, head.ContentType, head.RedirectTo, head.RetryAfter, head.Date, challenge,
            head.Lines, page, robots)
        {
            Cache = CacheRule.Judge(head.Lines),
        };
    }

    private static FetchOutcome.Failed Failed(FetchTimeline timeline, FetchFailure failure, string detail)
    {
        timeline.Failed();
        return new(timeline.StartedAt, timeline.Took, timeline.Phases, failure, detail);
    }
}
