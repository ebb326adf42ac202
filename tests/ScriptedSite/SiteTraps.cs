using System.Globalization;
using System.Text;

namespace Amble.ScriptedSites;

/// <summary>
/// Pages without an end, each a way in which real sites make them by mistake; nothing in robots.txt keeps out of them. Every one leads back
/// home and on to more of its kind.
/// </summary>
public static class SiteTraps
{
    private static readonly DateOnly _firstMonth = new(2026, 1, 1);
    private static readonly string[] _filters = ["brand", "colour", "page", "size", "sort"];

    /// <summary>Where the traps begin: the home page links to these.</summary>
    public static IReadOnlyList<string> Doors { get; } =
        ["/calendar/2026/01", "/nest/deeper/", "/mix/about/", "/list?sort=0", "/shop/;jsessionid=00000000000000000001", "/stairs/1/", "/wall/1", "/tags?tag=1"];

    /// <summary>A trap's page; null for a path that is none of theirs.</summary>
    /// <param name="nth">How often this path was asked for.</param>
    public static string? PageAt(string path, int nth)
    {
        var links = path.Split('/')[1].Split('?')[0] switch
        {
            "calendar" => Months(path),
            "nest" => ["deeper/"],
            "mix" => ["about/", "contact/", "terms/"],
            "list" => Filters(path),
            "shop" => Sessions(path, nth),
            "stairs" => [$"{path.Count(c => c == '/')}/"],
            "wall" => Enumerable.Range(1, 3).Select(step => $"/wall/{(Number(path) * 3) + step}"),
            "tags" => Enumerable.Range(1, 3).Select(step => $"/tags?tag={(Number(path) * 3) + step}"),
            _ => null,
        };
        return links is null ? null : Write(links);
    }

    /// <summary>What a trap is called by the first segment of its path; empty for an honest page.</summary>
    public static string NameOf(string path) =>
        path.Split('/')[1].Split('?')[0] is { Length: > 0 } name && Doors.Any(door => door.StartsWith($"/{name}", StringComparison.Ordinal)) ? name : "";

    private static IEnumerable<string> Months(string path)
    {
        var parts = path.Split('/');
        var month = new DateOnly(int.Parse(parts[2], CultureInfo.InvariantCulture), int.Parse(parts[3], CultureInfo.InvariantCulture), 1);
        return [month < _firstMonth ? "/" : Month(month.AddMonths(-1)), Month(month.AddMonths(1))];
    }

    private static string Month(DateOnly month) => month.ToString("'/calendar/'yyyy'/'MM", CultureInfo.InvariantCulture);

    // Each link puts one filter more, or another value, in front or behind: all orders of all filters come about.
    private static IEnumerable<string> Filters(string path)
    {
        var query = path[(path.IndexOf('?', StringComparison.Ordinal) + 1)..];
        foreach (var filter in _filters)
        {
            foreach (var value in Enumerable.Range(0, 6))
            {
                var others = query.Split('&').Where(parameter => !parameter.StartsWith(filter, StringComparison.Ordinal)).ToArray();
                yield return "/list?" + string.Join('&', [$"{filter}={value}", .. others]);
                yield return "/list?" + string.Join('&', [.. others, $"{filter}={value}"]);
            }
        }
    }

    // Three pages, and an id of its own in every answer.
    private static IEnumerable<string> Sessions(string path, int nth)
    {
        var id = (ulong)(path.Sum(c => c * 7919L) + nth);
        return Enumerable.Range(1, 3).Select(page => $"/shop/{page};jsessionid={(id * 31) + (ulong)page:D20}");
    }

    private static long Number(string path)
    {
        var digits = path.AsSpan(path.AsSpan().LastIndexOfAny('/', '=') + 1);
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number % 1_000_000_000 : 0;
    }

    private static string Write(IEnumerable<string> links)
    {
        var html = new StringBuilder("<!doctype html><title>More</title><a href=\"/\">Home</a>\n");
        foreach (var link in links)
        {
            html.Append("<a href=\"").Append(link.Replace("&", "&amp;", StringComparison.Ordinal)).Append("\">More</a>\n");
        }
        return html.ToString();
    }
}
