using Amble.App.Sql;
using Amble.Messages;
using Xunit;
using static Amble.Host.Specs.Sql.StoreFixture;

namespace Amble.Host.Specs.Sql;

/// <summary>A condition is sent only while all that a 304 would stand for is stored (DESIGN.md section 4).</summary>
public sealed class ExpiredCopySpecs : IDisposable
{
    private readonly SqliteStore _store = SqliteStore.OpenInMemory(Guid.NewGuid().ToString("N"), Unpack);
    private readonly PageId _page;

    public ExpiredCopySpecs()
    {
        var close = Of(_store).Visited(Of(_store).Create(), Home);
        _page = close.Visit.Key.Page;
        Of(_store).Commit<WriterProtocol.UnitClosed>(close with { Visit = close.Visit with { Validators = new Validators("\"1\"", null) } });
        Assert.NotNull(_store.Reads.ReadCopy(_page));
    }

    [Theory]
    [InlineData("UPDATE visits SET period = 0")]
    [InlineData("DELETE FROM visits")]
    [InlineData("UPDATE visits SET page_id = 77")]
    public void Without_its_outlinks_a_page_is_asked_for_in_full(string expiry)
    {
        _store.Writing.Execute(expiry);
        Assert.Null(_store.Reads.ReadCopy(_page));
    }

    public void Dispose() => _store.Dispose();
}
