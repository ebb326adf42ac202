using Amble.App.Sql.Periods;
using Amble.App.Sql.Postgres;
using Amble.Messages;

namespace Amble.App.Sql.Reading;

/// <summary>Which columns of details are read; the visit's number stands before them.</summary>
internal sealed record DetailColumns(string Names)
{
    public static DetailColumns Outlinks { get; } = new("outlinks");
    public static DetailColumns Phases { get; } = new("dns_us, connect_us, tls_us, first_byte_us, transfer_us");
    public static DetailColumns Whole { get; } = new("dns_us, connect_us, tls_us, first_byte_us, transfer_us, outlink_count, headers, outlinks");

    public string One { get; } = $"SELECT visit_id, {Names} FROM details WHERE visit_id = ?";
    public string Many { get; } = $"SELECT d.visit_id, {Names} FROM unnest($1, $2) AS k (period, visit) JOIN details d ON d.period = k.period AND d.visit_id = k.visit";
    public string Before { get; } = $"SELECT visit_id, {Names} FROM details_before WHERE visit_id = ANY($1)";
}

/// <summary>
/// Where the details of visits are: in the period that the visit names, or in the table of an earlier version when it names none. What has
/// gone is not found, and who reads it takes it for expired.
/// </summary>
internal sealed class DetailReads(IPeriodReads periods)
{
    /// <summary>By visit number; those that are not there are left out.</summary>
    public Dictionary<long, T> Read<T>(Database main, IEnumerable<(long Visit, long? Period)> visits, DetailColumns columns, Func<Statement, T> row)
    {
        var found = new Dictionary<long, T>();
        if (main is PostgresDatabase postgres)
        {
            ReadAtOnce(postgres, [.. visits], columns, row, found);
            return found;
        }
        foreach (var some in visits.GroupBy(visit => visit.Period, visit => visit.Visit))
        {
            if (some.Key is not { } number) ReadEach(main, some, columns, row, found);
            else periods.Read(main, new Period(PeriodFamily.Details, number), database => ReadEach(database, some, columns, row, found));
        }
        return found;
    }

    /// <summary>The same of one visit.</summary>
    public T? Read<T>(Database main, long visit, long? period, DetailColumns columns, Func<Statement, T> row)
        where T : class => Read(main, [(visit, period)], columns, row).GetValueOrDefault(visit);

    public static Phases Phases(Statement row) => Reports.RowReads.Phases(row, 1);

    private static bool ReadEach<T>(Database database, IEnumerable<long> visits, DetailColumns columns, Func<Statement, T> row, Dictionary<long, T> found)
    {
        foreach (var visit in visits)
        {
            var one = database[columns.One].Bind(visit);
            if (one.Step()) found[visit] = row(one);
            one.End();
        }
        return true;
    }

    private static void ReadAtOnce<T>(PostgresDatabase database, (long Visit, long? Period)[] visits, DetailColumns columns, Func<Statement, T> row, Dictionary<long, T> found)
    {
        var inPeriods = visits.Where(visit => visit.Period is not null).ToArray();
        if (inPeriods.Length > 0)
        {
            var many = database.At(columns.Many).BindAll(Array.ConvertAll(inPeriods, visit => visit.Period!.Value)).BindAll(Array.ConvertAll(inPeriods, visit => visit.Visit));
            while (many.Step()) found[many.Integer(0)] = row(many);
        }
        if (inPeriods.Length == visits.Length) return;
        var before = database.At(columns.Before).BindAll([.. visits.Where(visit => visit.Period is null).Select(visit => visit.Visit)]);
        while (before.Step()) found[before.Integer(0)] = row(before);
    }
}
