using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>A failure as a sentence for people.</summary>
public static class FailureWords
{
    public static string Of(FetchFailure failure, PageUrl url) => failure switch
    {
        FetchFailure.Timeout => $"{url.Host} did not answer in time.",
        FetchFailure.ConnectionCut => $"{url.Host} cut the connection.",
        FetchFailure.ConnectionRefused => $"Nobody listens at {url.Host}, port {url.Port}.",
        FetchFailure.NoSuchHost => $"There is no host named {url.Host}.",
        FetchFailure.Tls => $"No secure connection to {url.Host} came about.",
        FetchFailure.AddressNotAllowed => $"{url.Host} has a private address, which is asked only with --allow-private.",
        FetchFailure.TooLarge => "The answer is larger than allowed.",
        FetchFailure.BadAnswer => $"What {url.Host} answered is not HTTP.",
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, "Unknown failure."),
    };
}
