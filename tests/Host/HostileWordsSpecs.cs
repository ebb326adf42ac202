using Amble.App;
using Amble.App.Cli;
using Amble.App.Http;
using Amble.Behaviours.Ports;
using Amble.Host.Specs.Fakes;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs;

/// <summary>Whatever strangers write is shown as words, on every page and on the terminal.</summary>
public sealed class HostileWordsSpecs
{
    private const string Home = "http://evil.test/";

    [Fact]
    public async Task On_pages_every_word_is_text_and_nothing_is_markup()
    {
        await using var served = await Served.StartAsync();
        var all = string.Join(" | ", Hostile.Words);
        served.Node.Add(Home, JobState.Completed, FakeNode.Counts(ok: 1, broken: 9, refused: 9, redirected: 9, unknown: 9, excluded: 9), reason: all);
        served.Node.Broken.AddRange(Hostile.Paths.Select(path => new BrokenView(Visit(path, StatusClass.Broken, all), [.. Hostile.Words.Select(word => new SourceView(Url(path), word))], 99)));
        foreach (var of in (StatusClass[])[StatusClass.Refused, StatusClass.Redirected, StatusClass.Unknown])
            served.Node.Visits.AddRange(Hostile.Paths.Select(path => Visit(path, of, all)));
        served.Node.Excluded.Add(new ExcludedView(ExclusionReason.Robots, 1, [.. Hostile.Words]));
        served.Node.Sitemaps.AddRange(Hostile.Words.Select(word => new SitemapView(Url(Hostile.Paths[0]), false, null, 200, new SitemapContent(0, 0, 0, word))));
        served.Node.Status = new DomainProtocol.Status(DomainName.Of("evil.test", 80), all, TimeSpan.FromSeconds(2), 1, 0, 0, 0, null, null, null, null);

        foreach (var path in new[] { "/", "/jobs/1", "/jobs/1/pages", "/jobs/1/broken", "/jobs/1/redirects", "/jobs/1/slow", "/sites/evil.test", "/bot" }.Concat(Hostile.Paths))
        {
            var page = Hostile.AssertOurPage(await (await served.Http.GetAsync(path)).Content.ReadAsStringAsync(), "/live.js");
            if (path != "/jobs/1") continue;
            // Shown by its path, as the crawl began on the same origin, and beside it the way to the page itself.
            Assert.All(Hostile.Paths, shown => Assert.Contains(page.QuerySelectorAll("a.url"), link => link.TextContent == Url(shown).PathAndQuery && link.NextElementSibling?.GetAttribute("href") == Url(shown).Text));
            Assert.True(page.Body!.TextContent.Split(Hostile.Mark).Length > Hostile.Words.Count * 2);
            Assert.Contains("<script>alert('hostile')</script>", page.Body.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void On_the_terminal_every_finding_is_one_line_that_commands_nothing()
    {
        var to = new StringWriter { NewLine = "\n" };
        var job = Job(string.Join(" | ", Hostile.Words));
        SummaryText.Write(to, job, Findings(plain: true), "x");
        var plain = to.ToString().Count(c => c == '\n');
        to.GetStringBuilder().Clear();
        SummaryText.Write(to, job, Findings(plain: false), "x");

        Hostile.AssertPlain(to.ToString());
        Assert.Equal(plain, to.ToString().Count(c => c == '\n'));
        Assert.DoesNotContain(to.ToString().Split('\n'), line => line.StartsWith("amble:", StringComparison.Ordinal));
    }

    [Fact]
    public void Progress_is_as_many_lines_as_it_says_whatever_holds_it_up()
    {
        foreach (var word in Hostile.Words)
        {
            var job = Job(word) with { State = "running", Start = Home + word, EndedAt = null, Now = new JobNow(word, 2, 1, null, null) };
            foreach (var jobs in (JobSummary[][])[[job], [job, job with { Job = 2 }]])
            {
                var progress = new Progress(jobs, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(3), 1, null);
                foreach (var line in ProgressText.Block(progress, 100).Append(ProgressText.Line(progress)).Append(ProgressText.CrawlDelay(job, 2, null)))
                {
                    Hostile.AssertPlain(line);
                    Assert.DoesNotContain('\n', line);
                    Assert.DoesNotContain('\t', line);
                }
                Assert.All(ProgressText.Block(progress, 100), line => Assert.InRange(new System.Globalization.StringInfo(line).LengthInTextElements, 0, 99));
            }
        }
    }

    private static JobFindings Findings(bool plain)
    {
        var words = plain ? [.. Hostile.Words.Select(_ => "hostile")] : Hostile.Words;
        return new JobFindings(
            [.. words.Select(word => new BrokenPage(Home + word, word, [new Source(Home + word, word)], 2))],
            [.. words.Select(word => new RefusedPage(Home + word, word))],
            [.. words.Select(word => new Exclusion("robots.txt", 1, [Home + word]))],
            SitemapFindings.Of([.. words.Select(word => new SitemapView(Url("/sitemap.xml"), false, null, 200, new SitemapContent(0, 0, 0, word)))], ended: true));
    }

    private static JobSummary Job(string reason) => JobSummary.Of(
        new FakeNode().Add(Home, JobState.Completed, FakeNode.Counts(ok: 1, broken: 99, refused: 99), reason), null);

    private static VisitView Visit(string path, StatusClass of, string error) => FakeNode.Visit(Url(path).Text, of, null, Url(path).Text, error) with { Title = error };

    private static PageUrl Url(string path) => PageUrl.TryParse("http://evil.test" + path, out var url, out var problem) ? url : throw new InvalidOperationException(problem);
}
