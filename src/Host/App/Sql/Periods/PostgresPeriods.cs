using Amble.App.Sql.Postgres;
using Npgsql;

namespace Amble.App.Sql.Periods;

/// <summary>
/// Periods as partitions. They take part in the writer's transaction; whoever keeps the database makes them two periods ahead, so that a
/// turn finds them, and one that is not there all the same is made in the turn, as pieces are. To attach one waits for nobody who reads or
/// writes.
/// </summary>
/// <param name="keeper">A connection beside the writer's, for what may have to wait.</param>
internal sealed class PostgresPeriods(PostgresDatabase main, PartitionKeeper keeper, int hours) : PeriodStore(hours)
{
    private const int Ahead = 2;

    private readonly HashSet<Period> _known = [];
    private readonly HashSet<(Period Period, long Piece)> _knownPieces = [];
    private readonly HashSet<Period> _made = [];

    public override void LetGo(Period period)
    {
        _known.Remove(period);
        _knownPieces.RemoveWhere(known => known.Period == period);
    }

    public override Database Write(Period period)
    {
        if (_known.Add(period)) main.Put(new NpgsqlBatchCommand(Partitions.Making(period)));
        return main;
    }

    public override Database Write(Period period, long first, long last)
    {
        Write(period);
        foreach (var piece in period.Family.Pieces?.Of(first, last) ?? [])
            if (_knownPieces.Add((period, piece))) main.Put(new NpgsqlBatchCommand(Partitions.Making(period, piece)));
        return main;
    }

    // What was made in this turn may have gone with it.
    public override void Undo()
    {
        _known.Clear();
        _knownPieces.Clear();
    }

    public override void RollbackCommand() => Undo();

    public override T? Read<T>(Database main, Period period, Func<Database, T> read)
        where T : default => read(main);

    public override bool TryMakeAhead(DateTimeOffset now)
    {
        foreach (var family in PeriodFamily.All)
        {
            for (var (period, ahead) = (Of(family, now), 0); ahead <= Ahead; period = Of(family, EndOf(period)), ahead++)
            {
                if (_made.Contains(period)) continue;
                if (!keeper.TryMake(period)) return false;
                _made.Add(period);
            }
        }
        return true;
    }

    public override bool TryRemove(Period period) => keeper.TryRemove(period);

    public override IReadOnlyList<Period> ReadUnnamed(Database main)
    {
        var unnamed = new List<Period>();
        foreach (var family in PeriodFamily.All)
            for (var found = main[Partitions.Unnamed].Bind(family.Name); found.Step();) unnamed.Add(new Period(family, found.Integer(0)));
        return unnamed;
    }

    public override long? SizeOf(Database main, Period period) => main[Partitions.Size].Bind(Partitions.NameOf(period)).Single();

    public override void Dispose() => keeper.Dispose();
}
