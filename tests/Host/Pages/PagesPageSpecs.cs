using System.Text.RegularExpressions;
using Amble.Host.Specs.Fakes;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Pages;

/// <summary>The list of a job's pages: its form, its addresses, its steps.</summary>
public sealed partial class PagesPageSpecs : IAsyncLifetime
{
    private Served _served = null!;

    public async Task InitializeAsync()
    {
        _served = await Served.StartAsync();
        _served.Node.Add("https://example.org/", JobState.Completed, FakeNode.Counts(ok: 250, refused: 1));
        for (var number = 1; number <= 250; number++)
        {
            _served.Node.Visits.Add(FakeNode.Visit($"https://example.org/p/{number}", StatusClass.Ok, 200) with { Page = new PageId(number) });
        }
        _served.Node.Visits.Add(FakeNode.Visit("https://example.org/members", StatusClass.Refused, 403) with { Page = new PageId(251) });
    }

    public async Task DisposeAsync() => await _served.DisposeAsync();

    [Fact]
    public async Task Following_the_next_links_shows_every_page_once()
    {
        var seen = new List<string>();
        for (var path = "/jobs/1/pages?sort=slowest"; path is not null;)
        {
            var page = await _served.Http.GetStringAsync(path);
            seen.AddRange(PageLinks().Matches(page).Select(match => match.Groups[1].Value));
            path = Next().Match(page) is { Success: true } next ? next.Groups[1].Value.Replace("&amp;", "&", StringComparison.Ordinal) : null;
        }
        Assert.Equal(Enumerable.Range(1, 251).Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)), seen);
    }

    [Fact]
    public async Task The_form_remembers_what_was_asked_for_and_a_file_has_the_same_class()
    {
        var page = await _served.Http.GetStringAsync("/jobs/1/pages?class=refused&q=mem%22bers&sort=largest");

        Assert.Contains("<option value=\"refused\" selected>", page);
        Assert.Contains("<option value=\"largest\" selected>", page);
        Assert.Contains("name=\"q\" value=\"mem&quot;bers\"", page);
        Assert.Contains("href=\"/api/jobs/1/pages?format=csv&class=refused\"", page.Replace("&amp;", "&", StringComparison.Ordinal));
        Assert.Contains("No such pages.", page);
    }

    [Fact]
    public async Task A_filtered_list_shows_that_class_alone() =>
        Assert.Equal("251", Assert.Single(PageLinks().Matches(await _served.Http.GetStringAsync("/jobs/1/pages?class=refused&q=&sort="))).Groups[1].Value);

    [Fact]
    public async Task A_job_that_is_too_old_to_be_sorted_says_so_and_goes_on_in_the_order_it_has()
    {
        _served.Node.List.IsOld = true;
        var page = await _served.Http.GetStringAsync("/jobs/1/pages?sort=slowest");

        Assert.Contains("listed as they were found", page);
        var next = Next().Match(page).Groups[1].Value.Replace("&amp;", "&", StringComparison.Ordinal);
        Assert.DoesNotContain("sort=", next);
        Assert.Contains("/p/101", await _served.Http.GetStringAsync(next));
    }

    [Fact]
    public async Task A_place_of_another_order_is_refused()
    {
        var next = Next().Match(await _served.Http.GetStringAsync("/jobs/1/pages?sort=slowest")).Groups[1].Value.Replace("&amp;", "&", StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, (await _served.Http.GetAsync(next.Replace("slowest", "largest", StringComparison.Ordinal))).StatusCode);
    }

    [GeneratedRegex("<a class=\"url\" href=\"/pages/(\\d+)\"")]
    private static partial Regex PageLinks();

    [GeneratedRegex("<a class=\"next\" rel=\"next\" href=\"([^\"]+)\"")]
    private static partial Regex Next();
}
