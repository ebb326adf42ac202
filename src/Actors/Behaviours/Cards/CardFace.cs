namespace Amble.Behaviours.Cards;

/// <summary>
/// All that is printed on a card, as texts and steps: what is equal here is the same picture, byte for byte, so its key is made of it
/// (<see cref="CardKey"/>, SEEDS D-8+).
/// </summary>
/// <param name="Kind">page, site or job.</param>
/// <param name="Head">The small line above the title.</param>
/// <param name="Corner">The small line at the other end; empty for none.</param>
/// <param name="Foot">The line below the title; empty for none.</param>
/// <param name="Score">0 to 100 as text; empty for none.</param>
/// <param name="Figures">Numbers with their labels, at most four.</param>
/// <param name="Steps">The trail: one letter a step (<see cref="StepsRule"/>).</param>
/// <param name="Place">What the landscape follows from: the host.</param>
public sealed record CardFace(
    string Kind, string Head, string Corner, string Title, string Foot, string Score, IReadOnlyList<CardFigure> Figures, string Steps, string Place)
{
    public static CardFace Of(CardContent content) => content switch
    {
        PageContent page => OfPage(page),
        SiteContent site => OfCrawl("site", "Amble · site health", site.Host, site.Pages, site.Slowest, site.Date, site.Views),
        JobContent job => OfCrawl("job", "Amble · crawl report", job.Host, job.Pages, job.Slowest, job.Date, null),
        _ => throw new ArgumentException($"There is no card for {content.GetType().Name}.", nameof(content)),
    };

    private static CardFace OfPage(PageContent page)
    {
        var host = CardWords.Clean(page.Host);
        var path = CardWords.Clean(page.Path);
        var title = CardWords.Clean(page.Title);
        var views = page.Views is { } seen ? ViewsLabel(seen) : "";
        return title.Length > 0
            ? new CardFace("page", host, "", title, path is "/" ? "" : path, "", views is "" ? [] : [new CardFigure(views, "")], StepsRule.ToPage, host)
            : new CardFace("page", host, "", path is "" or "/" ? host : path, "", "", views is "" ? [] : [new CardFigure(views, "")], StepsRule.ToPage, host);
    }

    private static CardFace OfCrawl(string kind, string head, string host, PageCounts pages, TimeSpan? slowest, DateOnly date, long? views)
    {
        var figures = new List<CardFigure>
        {
            new(CardLabels.Count(pages.All), pages.All == 1 ? "page" : "pages"),
            new(CardLabels.Count(pages.Broken), "broken", IsBad: pages.Broken > 0),
        };
        if (slowest is { } span) figures.Add(new CardFigure(CardLabels.Span(span), "slowest"));
        if (views is { } seen) figures.Add(new CardFigure(CardLabels.Views(seen), seen == 1 ? "view" : "views"));
        var name = CardWords.Clean(host);
        var score = ScoreRule.Of(pages) is { } of100 ? CardLabels.Count(of100) : "";
        return new CardFace(kind, head, CardLabels.Day(date), name, "", score, figures, StepsRule.Of(pages), name);
    }

    private static string ViewsLabel(long seen) => $"{CardLabels.Views(seen)} {(seen == 1 ? "view" : "views")}";
}

/// <param name="IsBad">Whether it is a number that should be zero.</param>
public sealed record CardFigure(string Number, string Label, bool IsBad = false);
