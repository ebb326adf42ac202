using Amble.Behaviours.AccessLog;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.AccessLog;

/// <summary>What a path is, what is a hit at all, and which hits are views.</summary>
public sealed class HitRuleSpecs
{
    [Theory]
    [InlineData("/", HitKind.Home)]
    [InlineData("/jobs/12", HitKind.Job)]
    [InlineData("/jobs/12/pages", HitKind.JobList)]
    [InlineData("/jobs/12/broken/7", HitKind.JobList)]
    [InlineData("/pages/7", HitKind.Page)]
    [InlineData("/sites/example.org", HitKind.Site)]
    [InlineData("/bot", HitKind.Bot)]
    [InlineData("/api/jobs", HitKind.Api)]
    [InlineData("/openapi.json", HitKind.Api)]
    [InlineData("/api/jobs/1/events", HitKind.Events)]
    [InlineData("/cards/0a1b.png", HitKind.Card)]
    [InlineData("/style.css", HitKind.File)]
    [InlineData("/wp-login.php", HitKind.Other)]
    [InlineData("/jobs", HitKind.Other)]
    public void A_path_has_a_kind(string path, HitKind kind) => Assert.Equal(kind, HitRule.KindOf(path));

    [Theory]
    [InlineData("/healthz", false)]
    [InlineData("/readyz", false)]
    [InlineData("/metrics", false)]
    [InlineData("/jobs/1", true)]
    [InlineData("/no-such-page", true)]
    public void Whoever_asks_how_the_process_is_leaves_no_line(string path, bool counts) => Assert.Equal(counts, HitRule.Counts(path));

    [Theory]
    [InlineData("GET", 200, HitKind.Job, true)]
    [InlineData("GET", 304, HitKind.Job, true)]
    [InlineData("GET", 404, HitKind.Job, false)]
    [InlineData("HEAD", 200, HitKind.Job, false)]
    [InlineData("GET", 200, HitKind.Api, false)]
    [InlineData("GET", 200, HitKind.File, false)]
    public void A_view_is_a_page_that_was_shown(string method, int status, HitKind kind, bool isView) => Assert.Equal(isView, HitRule.IsView(
        new Hit(DateTimeOffset.UnixEpoch, method, "/jobs/1", kind, status, 1, TimeSpan.Zero, false, "", AgentClass.Browser)));

    [Theory]
    [InlineData("/", true)]
    [InlineData("/bot", true)]
    [InlineData("/jobs/7", true)]
    [InlineData("/jobs/007", false)]
    [InlineData("/jobs/+7", false)]
    [InlineData("/jobs/7/", false)]
    [InlineData("/jobs/7/pages", true)]
    [InlineData("/jobs/7/PAGES", false)]
    [InlineData("/jobs/7/broken/3", true)]
    [InlineData("/pages/12345678901234567890", false)]
    [InlineData("/sites/example.org:8080", true)]
    [InlineData("/sites/EXAMPLE.org", false)]
    [InlineData("/sites/example.org:80", false)]
    public void Only_one_spelling_of_an_address_is_counted(string path, bool isView) => Assert.Equal(isView, HitRule.IsView(
        new Hit(DateTimeOffset.UnixEpoch, "GET", path, HitRule.KindOf(path), 200, 1, TimeSpan.Zero, false, "", AgentClass.Browser)));
}
