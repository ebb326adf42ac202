using Amble.App.Web;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Web;

/// <summary>What every fetch in these specs shares.</summary>
internal static class Fetching
{
    public static readonly WebSettings Loopback = new() { AllowPrivate = true, FetchTimeout = TimeSpan.FromSeconds(20), ConnectTimeout = TimeSpan.FromSeconds(10) };

    public static async Task<FetchOutcome> FetchAsync(WebSettings settings, string url, RequestKind kind = RequestKind.Page, Action<DateTimeOffset>? left = null)
    {
        using var web = new WebFetcher(settings, TimeProvider.System);
        return await web.FetchAsync(Request(url, kind), left is null ? Departing.Freely : new Departing(left), CancellationToken.None);
    }

    public static async Task<FetchOutcome.Answered> AnswerAsync(WebSettings settings, string url, RequestKind kind = RequestKind.Page) =>
        Assert.IsType<FetchOutcome.Answered>(await FetchAsync(settings, url, kind));

    public static async Task<FetchOutcome.Failed> FailAsync(WebSettings settings, string url, RequestKind kind = RequestKind.Page) =>
        Assert.IsType<FetchOutcome.Failed>(await FetchAsync(settings, url, kind));

    public static FetchRequest Request(string text, RequestKind kind = RequestKind.Page)
    {
        Assert.True(PageUrl.TryParse(text, out var url, out var problem), problem);
        return new(url, kind, new JobSpec(new JobId(1), new NewJob(url, JobLimits.None, 20, false, false)), Depth: 0, Hops: 0);
    }
}
