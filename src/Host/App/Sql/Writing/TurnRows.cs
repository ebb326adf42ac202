using Amble.Behaviours.Crawl;
using Amble.Messages;

namespace Amble.App.Sql.Writing;

/// <summary>What the commands of one turn share: the connection, and rows that are read once and written once.</summary>
internal sealed class TurnRows(Database database, TrapSettings traps)
{
    private const string InsertPage = "INSERT INTO pages (url, domain_id) VALUES (?, ?) ON CONFLICT (url) DO NOTHING";
    private const string SelectPage = "SELECT id FROM pages WHERE url = ?";
    private const string SelectUrl = "SELECT url FROM pages WHERE id = ?";

    public Database Database { get; } = database;
    public JobRows Jobs { get; } = new(database);
    public DomainRows Domains { get; } = new(database);
    public TrapRows Traps { get; } = new(database, traps);
    public SumRows Sums { get; } = new(database);
    public KnownLinks Known { get; } = new();

    /// <summary>The page of a URL; made when it is not known.</summary>
    public PageId PageOf(PageUrl url, DomainRow domain) =>
        new(Database[InsertPage].Bind(url.Text).Bind(domain.Id).RunForId() ?? Database[SelectPage].Bind(url.Text).Single()!.Value);

    /// <summary>The URL of a page that is known.</summary>
    public string UrlOf(PageId page)
    {
        var found = Database[SelectUrl].Bind(page.Value);
        var url = found.Step() ? found.Text(0) : "";
        found.End();
        return url;
    }

    /// <summary>Writes what the commands so far have changed.</summary>
    public void Flush()
    {
        Domains.Flush();
        Jobs.Flush();
        Traps.Flush();
        Sums.Flush();
    }

    /// <summary>Ends the turn.</summary>
    public void Forget()
    {
        Domains.Forget();
        Jobs.Forget();
        Traps.Forget();
        Sums.Forget();
    }
}
