using Amble.App.Pages;

namespace Amble.App.Demo;

/// <summary>What stands on the demo site: a small museum of clocks.</summary>
public static class DemoPages
{
    public const string Slow = "/rooms/7";
    public const string Gone = "/news/2019";

    private static readonly string[] Clocks =
    [
        "Sundials", "Water clocks", "Candle clocks", "Tower clocks", "Pendulums", "Marine chronometers", "Pocket watches", "Station clocks",
        "Cuckoo clocks", "Quartz", "Radio clocks", "Atomic clocks",
    ];

    private static readonly (string Path, string Text)[] Menu =
    [
        ("/", "Home"), ("/rooms/", "Rooms"), ("/news/", "News"), ("/visit", "Visit"), ("/about", "About"),
    ];

    /// <summary>Permanent redirects.</summary>
    public static IReadOnlyDictionary<string, string> Moved { get; } = new Dictionary<string, string>
    {
        ["/opening-hours"] = "/visit",
        ["/rooms"] = "/rooms/",
        ["/index.html"] = "/",
    };

    /// <summary>Path to markup.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = Write().ToDictionary(page => page.Path, page => page.Html);

    private static IEnumerable<(string Path, string Html)> Write()
    {
        yield return Page("/", "Museum of Clocks", "Twelve rooms, one question: what time is it?",
            ("/rooms/", "See the rooms"), ("/news/", "What is new"), ("/opening-hours", "Opening hours"), ("/team", "Our team"), ("/index.html", "Start again"));
        yield return Page("/rooms/", "Rooms", "Each room has one way to tell the time.", [.. Clocks.Select((clock, i) => ($"/rooms/{i + 1}", clock))]);
        for (var i = 1; i <= Clocks.Length; i++)
        {
            yield return Page($"/rooms/{i}", Clocks[i - 1], $"Room {i} is about {Clocks[i - 1].ToLowerInvariant()}.",
                ($"/rooms/{i % Clocks.Length + 1}", "Next room"), ("/rooms", "All rooms"), ($"/news/{i}", "Read more"));
        }
        yield return Page("/news/", "News", "What happened here.",
            [.. Enumerable.Range(1, 16).Select(i => ($"/news/{i}", $"Bulletin {i}")), (Gone, "The year 2019")]);
        for (var i = 1; i <= 16; i++)
        {
            yield return Page($"/news/{i}", $"Bulletin {i}", $"The clock in room {(i - 1) % 12 + 1} was wound.", ("/news/", "All news"), ($"/rooms/{(i - 1) % 12 + 1}", "Go to the room"));
        }
        yield return Page("/visit", "Visit", "Open from ten to six, by any clock here.", ("/visit/plan.pdf", "Floor plan (PDF)"), ("/about", "Who we are"), ("/visit/groups", "Groups"));
        yield return Page("/visit/groups", "Groups", "Come with up to twelve people.", ("/visit", "Opening hours"), ("/team", "Ask the team"));
        yield return Page("/about", "About", "Run by people who are never late.", ("/staff/rota", "Staff only"), ("/about/history", "History"), ("/about/friends", "Friends of the museum"));
        yield return Page("/about/history", "History", "Founded at noon.", ("/about", "About"));
        yield return Page("/about/friends", "Friends of the museum", "Thank you.", ("/about", "About"));
    }

    private static (string, string) Page(string path, string title, string text, params (string Path, string Text)[] links) => (path, Html.Of($"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
        <body><nav>{Menu.Select(Link)}</nav><h1>{title}</h1><p>{text}</p><ul>{links.Select(link => Html.Of($"<li>{Link(link)}</li>"))}</ul></body></html>
        """).ToString());

    private static Html Link((string Path, string Text) link) => Html.Of($"""<a href="{link.Path}">{link.Text}</a> """);
}
