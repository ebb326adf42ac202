using Amble.Behaviours.Politeness;
using Amble.Messages;

namespace Amble.Actors.Specs.Behaviours.Politeness;

/// <summary>Requests as a few words: "seconds status [milliseconds]", apart by commas; a status of 0 is a time-out. 40 ms unless said.</summary>
internal static class SentRequests
{
    public static readonly DateTimeOffset Epoch = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DomainName Domain = DomainName.Of("a.test", 80);

    public static DomainPoliteness Sum(string requests, DateTimeOffset? robotsReadAt = null) => Sum(Read(requests), robotsReadAt);

    public static DomainPoliteness Sum(IEnumerable<SentRequest> requests, DateTimeOffset? robotsReadAt = null)
    {
        var tally = new PolitenessTally();
        foreach (var sent in requests) tally.Add(sent);
        return tally.Sum(Domain, robotsReadAt) ?? throw new ArgumentException("There are no requests.", nameof(requests));
    }

    public static PolitenessPicture Picture(DomainPoliteness of) =>
        PictureText.TryRead(of.Picture, out var picture) ? picture : throw new FormatException($"'{of.Picture}' is no picture.");

    public static SentRequest At(double seconds, int status = 200, int milliseconds = 40, RequestKind kind = RequestKind.Page) =>
        new(Epoch.AddSeconds(seconds), milliseconds, status == 0 ? -(int)FetchFailure.Timeout : status, kind);

    /// <summary>So many good ones, evenly.</summary>
    public static IEnumerable<SentRequest> Steady(int count, double gap, double from = 0) => Enumerable.Range(0, count).Select(i => At(from + i * gap));

    private static IEnumerable<SentRequest> Read(string requests) => requests.Split(',').Select(one =>
    {
        var parts = one.Trim().Split(' ').Select(part => double.Parse(part, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        return At(parts[0], (int)parts[1], parts.Count > 2 ? (int)parts[2] : 40);
    });
}
