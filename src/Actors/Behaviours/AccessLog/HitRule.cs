using Amble.Messages;

namespace Amble.Behaviours.AccessLog;

/// <summary>
/// What kind of page a path is, and what counts as a view of it. Every answered request is a hit, but for those that ask how the process is
/// (health, readiness, metrics): they come every few seconds, and are of no reader. A view is a GET of a page for people that was
/// answered, be it by "you have it already", under its address as we write it: /jobs/007 shows what /jobs/7 does, and there is no end of
/// such spellings. A day's views of a page are those by browsers, and apart from them those by bots.
/// </summary>
public static class HitRule
{
    /// <summary>What is a hit at all.</summary>
    public static bool Counts(string path) => path is not ("/healthz" or "/readyz" or "/metrics");

    public static HitKind KindOf(string path)
    {
        if (path == "/") return HitKind.Home;
        var rest = path.AsSpan(1);
        var slash = rest.IndexOf('/');
        var first = slash < 0 ? rest : rest[..slash];
        var more = slash < 0 ? default : rest[(slash + 1)..];
        return first switch
        {
            "jobs" when more.Length > 0 => more.Contains('/') ? HitKind.JobList : HitKind.Job,
            "pages" when more.Length > 0 => HitKind.Page,
            "sites" when more.Length > 0 => HitKind.Site,
            "cards" when more.Length > 0 => HitKind.Card,
            "api" when more.EndsWith("/events", StringComparison.Ordinal) => HitKind.Events,
            "api" or "openapi.json" => HitKind.Api,
            "bot" when slash < 0 => HitKind.Bot,
            _ when slash < 0 && (first.EndsWith(".css", StringComparison.Ordinal) || first.EndsWith(".js", StringComparison.Ordinal) || first.EndsWith(".svg", StringComparison.Ordinal)) => HitKind.File,
            _ => HitKind.Other,
        };
    }

    public static bool IsView(Hit hit) =>
        hit.Method == "GET" && hit.Status is 200 or 304 && IsAsWeWriteIt(hit);

    private static bool IsAsWeWriteIt(Hit hit) => (hit.Kind, hit.Path.Split('/')) switch
    {
        (HitKind.Home or HitKind.Bot, _) => true,
        (HitKind.Job or HitKind.Page, [_, _, var number]) => IsNumber(number),
        (HitKind.JobList, [_, _, var job, "pages" or "broken" or "redirects" or "slow" or "politeness"]) => IsNumber(job),
        (HitKind.JobList, [_, _, var job, "broken", var page]) => IsNumber(job) && IsNumber(page),
        (HitKind.Site, [_, _, var host]) => DomainName.TryRead(host, out var domain) && domain.Value == host,
        _ => false,
    };

    private static bool IsNumber(string text) => text.Length is > 0 and < 20 && text[0] != '0' && text.All(char.IsAsciiDigit);

    /// <summary>Roughly the memory that a hit holds, in bytes.</summary>
    public static int Bytes(Hit hit) => 128 + 2 * (hit.Path.Length + hit.Client.Length);
}
