using Amble.Behaviours.Jobs;
using Amble.Messages;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Jobs;

public sealed class RedirectShapeSpecs
{
    [Fact]
    public void What_never_arrives_comes_first_then_what_ends_broken_then_more_steps_then_what_was_found_first()
    {
        var one = Redirect("/one", ("/page", StatusClass.Ok));
        var another = Redirect("/another", ("/page", StatusClass.Ok));
        var steps = Redirect("/steps", ("/one", StatusClass.Redirected), ("/page", StatusClass.Ok));
        var broken = Redirect("/broken", ("/gone", StatusClass.Broken));
        var circle = Redirect("/circle", ("/round", StatusClass.Redirected), ("/circle", StatusClass.Redirected));
        var into = Redirect("/into", ("/circle", StatusClass.Redirected), ("/round", StatusClass.Redirected), ("/circle", StatusClass.Redirected));

        var ranked = RedirectShape.WorstFirst([one, broken, another, circle, steps, into]);

        Assert.Equal([into.Url, circle.Url, broken.Url, steps.Url, one.Url, another.Url], ranked.Select(redirect => redirect.Url));
        Assert.Equal(Enumerable.Range(0, 6), ranked.Select(redirect => redirect.Rank));
    }

    private static ReportPage Redirect(string path, params (string Path, StatusClass Class)[] chain) => new(
        7, new PageId(1), Url(path), StatusClass.Redirected, 301, null, null, 1, 20, 0, [.. chain.Select(hop => new ReportHop(Url(hop.Path), hop.Class, null))], null);

    private static PageUrl Url(string path) => PageUrl.FromStored("http://a.test" + path);
}
