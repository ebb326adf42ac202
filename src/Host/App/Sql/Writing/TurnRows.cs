using Amble.App.Sql.Periods;
using Amble.App.Sql.Postgres;
using Amble.Behaviours.Crawl;
using Amble.Messages;

namespace Amble.App.Sql.Writing;

/// <summary>What the commands of one turn share: the connection, and rows that are read once and written once.</summary>
internal sealed class TurnRows
{
    private readonly UnitRowsAtOnce? _unitsAtOnce;
    private readonly LinkRowsAtOnce? _linksAtOnce;

    public TurnRows(Database database, PeriodStore periods, StoredCounts counts, TrapSettings traps)
    {
        Database = database;
        Periods = new PeriodRows(database, periods, counts);
        Jobs = new JobRows(database, counts);
        Domains = new DomainRows(database);
        Traps = new TrapRows(database, traps);
        Sums = new SumRows(database);
        if (database is PostgresDatabase postgres)
        {
            Links = _linksAtOnce = new LinkRowsAtOnce(postgres);
            Units = _unitsAtOnce = new UnitRowsAtOnce(postgres, _linksAtOnce, Periods);
            Visits = new VisitRowsAtOnce(postgres, _unitsAtOnce, Periods);
            Hits = new HitRowsAtOnce(postgres, Periods);
        }
        else
        {
            Links = new LinkRowsByOne(database);
            Units = new UnitRowsByOne(database, Periods);
            Visits = new VisitRowsByOne(database, Periods);
            Hits = new HitRowsByOne(database, Periods);
        }
    }

    public Database Database { get; }
    public JobRows Jobs { get; }
    public DomainRows Domains { get; }
    public TrapRows Traps { get; }
    public SumRows Sums { get; }
    public LinkRows Links { get; }
    public UnitRows Units { get; }
    public VisitRows Visits { get; }
    public HitRows Hits { get; }
    public PeriodRows Periods { get; }
    public KnownLinks Known { get; } = new();

    /// <summary>Begins a turn, in its transaction.</summary>
    public void Begin(IReadOnlyList<WriterProtocol.ICommand> commands)
    {
        if (_unitsAtOnce is not null && _linksAtOnce is not null) TurnAhead.Read(this, _unitsAtOnce, _linksAtOnce, commands);
    }

    /// <summary>Statements are about to change units or visits by themselves.</summary>
    public void LetGo()
    {
        Links.Flush();
        Visits.Flush();
        Units.LetGo();
    }

    /// <summary>Writes what the commands so far have changed.</summary>
    public void Flush()
    {
        Links.Flush();
        Visits.Flush();
        Units.Flush();
        Periods.Flush();
        Domains.Flush();
        Jobs.Flush();
        Traps.Flush();
        Sums.Flush();
    }

    /// <summary>Ends the turn.</summary>
    public void Forget()
    {
        Links.Forget();
        Visits.Forget();
        Units.Forget();
        Periods.Forget();
        Domains.Forget();
        Jobs.Forget();
        Traps.Forget();
        Sums.Forget();
    }
}
