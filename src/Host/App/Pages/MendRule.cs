using Amble.App.Cli;
using Amble.Behaviours.Jobs;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Pages;

/// <summary>How much harm something does to a site's readers.</summary>
public enum Harm
{
    /// <summary>They get nothing.</summary>
    Lost = 0,

    /// <summary>They wait, or cannot find it.</summary>
    Hindered = 1,

    /// <summary>They get less than they could.</summary>
    Lessened = 2,
}

/// <summary>One thing to mend.</summary>
/// <param name="Name">What it is called, fit for a heading.</param>
/// <param name="Count">Pages that have it.</param>
/// <param name="Why">Why it matters, in one sentence.</param>
/// <param name="How">What to do, in one sentence.</param>
/// <param name="Link">The list of them.</param>
/// <param name="Weight">Orders what does the same harm: how many ways lead to it, where that is known.</param>
public sealed record Mend(Harm Harm, string Name, long Count, string Why, string How, string Link, long Weight)
{
    /// <summary>There may be more of them: not all were looked at.</summary>
    public bool IsLeast { get; init; }
}

/// <summary>
/// What to mend, most harmful first. First comes what readers get nothing of, then what they wait for or cannot find, then what is less
/// than it could be; within these, what most links or pages lead to. What a site asked for (exclusions by robots.txt, limits of the job) is
/// nothing to mend.
/// </summary>
public static class MendRule
{
    public static IReadOnlyList<Mend> Of(JobReading read)
    {
        var here = $"/jobs/{read.Job.Job}";
        return [.. Lost(read, here).Concat(Hindered(read, here)).Concat(Lessened(read, here)).Where(mend => mend.Count > 0).OrderBy(mend => mend.Harm).ThenByDescending(mend => mend.Weight)];
    }

    private static IEnumerable<Mend> Lost(JobReading read, string here)
    {
        var failed = read.Sums.ServerErrors;
        yield return new Mend(
            Harm.Lost, "Broken pages", Math.Max(0, read.Job.Broken - failed), "Whoever follows a link to one of these gets nothing." + MostLinked(read.Broken.FirstOrDefault(page => !IsServerError(page))),
            "Correct the links, or redirect each old address to what took its place.", here + "/broken", read.Broken.Where(page => !IsServerError(page)).Sum(Links));
        yield return new Mend(
            Harm.Lost, "Server errors", failed, "The server failed while it made these pages, so nobody can read them." + MostLinked(read.Broken.FirstOrDefault(IsServerError)),
            "Look into the server's log; one fault often breaks many pages.", here + "/broken", read.Broken.Where(IsServerError).Sum(Links));
        var loops = read.Redirects.Count(RedirectShape.IsLoop) + Kept(read, ExclusionReason.TooManyRedirects);
        yield return new Mend(
            Harm.Lost, "Redirects that never arrive", loops, "They lead in a circle or on and on, until a browser gives up.", "Point each at its final page.", here + "/redirects", loops)
        {
            IsLeast = read.RedirectsAreCut,
        };
        var unread = Kept(read, ExclusionReason.RobotsUnreachable);
        yield return new Mend(
            Harm.Lost, "Kept out by an unreadable robots.txt", unread, "While robots.txt cannot be read, crawlers and search engines must stay away from the whole host.",
            "Let robots.txt answer 200, or 404 if there are no rules.", here + "#excluded", unread);
    }

    private static IEnumerable<Mend> Hindered(JobReading read, string here)
    {
        yield return new Mend(
            Harm.Hindered, "Refused pages", read.Job.Refused, "The site did not let us in, and may turn away search engines and previews in the same way.",
            "If they are public, let polite crawlers pass; if not, link to them only for those who may enter.", here + "/pages?class=refused", read.Job.Refused);
        yield return new Mend(
            Harm.Hindered, "Pages without an answer", read.Job.HasEnded ? read.Job.Unknown : 0, "They did not answer in time or were cut off, also after several tries.",
            $"See whether they answer in a browser, then ask again with amble retry {read.Job.Job}.", here + "/pages?class=unknown", read.Job.Unknown);
        yield return new Mend(
            Harm.Hindered, "Sitemap problems", read.Sitemaps.Problems.Count, "Search engines may not find what only a faulty sitemap lists.", "Correct the file, or take it out of robots.txt.", here + "#sitemaps", read.Sitemaps.Problems.Count);
        yield return Issue(read, here, Harm.Hindered, PageIssue.NoIndex, "Pages that hide from search engines", "They say noindex, so no search engine will show them.", "Take noindex away wherever a page should be found.");
        yield return Issue(read, here, Harm.Hindered, PageIssue.CanonicalElsewhere, "Pages that name another as the original", "Search engines show the page that they name, and not these.", "Check that each names the right one; most pages should name themselves.");
        yield return Issue(read, here, Harm.Hindered, PageIssue.Slow, "Slow pages", "They took over a second to come, and readers leave while they wait.", "See in which phase the time goes: the first byte is the server's work, the transfer is size.", "/slow");
        var chains = read.Redirects.Count(RedirectShape.IsChain);
        yield return new Mend(
            Harm.Hindered, "Chains of redirects", chains, "Each step is one more wait, and some search engines give up on the way.", "Redirect straight to the final page.", here + "/redirects", chains)
        {
            IsLeast = read.RedirectsAreCut,
        };
    }

    private static IEnumerable<Mend> Lessened(JobReading read, string here)
    {
        yield return Issue(read, here, Harm.Lessened, PageIssue.NoTitle, "Pages without a title", "Tabs, bookmarks and search results show a title first.", "Give each page a title of its own.");
        yield return Issue(read, here, Harm.Lessened, PageIssue.NoHeading, "Pages without a main heading", "Readers and screen readers look for an h1 to know where they are.", "Make the page's subject its h1.");
        yield return Issue(read, here, Harm.Lessened, PageIssue.NoDescription, "Pages without a description", "Search results then show whatever text comes first.", "Write one or two sentences into each page's meta description.");
        yield return Issue(read, here, Harm.Lessened, PageIssue.FewWords, "Pages with few words", "With fewer than 50 words there is little to find or to read.", "Say more, or join such pages.");
        yield return Issue(read, here, Harm.Lessened, PageIssue.SeveralHeadings, "Pages with several main headings", "With more than one h1 it is unclear what the page is about.", "Keep one h1 and make the others h2.");
        yield return Issue(read, here, Harm.Lessened, PageIssue.LongTitle, "Titles that are too long", "Search results cut them off.", "Put what matters first, and keep to about 60 characters.");
        var traps = read.Excluded.Where(excluded => excluded.Why >= ExclusionReason.TrapRepeatedSegments).Sum(excluded => excluded.Count);
        yield return new Mend(
            Harm.Lessened, "URLs that lead on without end", traps, "Calendars, filters and session ids make endless addresses, on which crawlers spend the time that your pages should get.",
            "Keep them out with robots.txt, or do not link to them.", here + "#excluded", traps);
    }

    private static Mend Issue(JobReading read, string here, Harm harm, PageIssue issue, string name, string why, string how, string? link = null) =>
        new(harm, name, read.Sums.Of(issue), why, how, here + (link ?? $"/pages?issue={IssueWords.Name(issue)}"), read.Sums.Of(issue));

    private static long Kept(JobReading read, ExclusionReason why) => read.Excluded.Where(excluded => excluded.Why == why).Sum(excluded => excluded.Count);

    private static bool IsServerError(ReportPage page) => page.Status is >= 500 and < 600;

    private static long Links(ReportPage page) => Math.Max(1, page.SourceCount);

    private static string MostLinked(ReportPage? page) => page is { SourceCount: > 1 } ? $" The most linked, {page.Url.PathAndQuery}, is linked from {Quantity.Of(page.SourceCount, "page")}." : "";
}
