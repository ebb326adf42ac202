using Amble.App.Sql.Writing;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

public sealed class KnownLinksSpecs
{
    private static readonly JobId _job = new(1);

    private readonly KnownLinks _known = new(capacity: 4);

    [Fact]
    public void A_URL_is_known_in_its_job_and_as_it_was_last_told()
    {
        _known.Remember(_job, Url("/a"), false);
        Assert.False(_known.IsSettled(_job, Url("/a")));
        _known.Remember(_job, Url("/a"), true);
        Assert.True(_known.IsSettled(_job, Url("/a")));
        Assert.Null(_known.IsSettled(new JobId(2), Url("/a")));
        Assert.Null(_known.IsSettled(_job, Url("/A")));
    }

    [Fact]
    public void What_is_asked_for_stays_and_the_rest_is_forgotten_in_time()
    {
        _known.Remember(_job, Url("/often"), true);
        _known.Remember(_job, Url("/once"), true);
        for (var other = 0; other < 12; other++)
        {
            _known.Remember(_job, Url($"/{other}"), true);
            Assert.True(_known.IsSettled(_job, Url("/often")));
        }
        Assert.Null(_known.IsSettled(_job, Url("/once")));
    }

    [Fact]
    public void A_hundred_thousand_URLs_are_told_apart()
    {
        var known = new KnownLinks(capacity: 100_000);
        for (var page = 0; page < 100_000; page++)
        {
            Assert.Null(known.IsSettled(_job, Url($"/p/{page}")));
            known.Remember(_job, Url($"/p/{page}"), true);
        }
    }

    [Fact]
    public void A_turn_that_was_undone_has_taught_nothing()
    {
        _known.Remember(_job, Url("/a"), true);
        _known.Forget();
        Assert.Null(_known.IsSettled(_job, Url("/a")));
    }
}
