using System.Data.Common;
using Amble.App.Sql.Periods;
using Amble.Behaviours.AccessLog;
using Amble.Messages;
using static Amble.Messages.WriterProtocol;

namespace Amble.App.Sql.Writing;

/// <summary>
/// A batch of the access log: its lines go to their days, its views, its gaps and its number to the main database, all in the writer's one
/// transaction there. A batch that is there already is answered as it was the first time.
/// </summary>
internal sealed class HitWrites(TurnRows rows, HitSources sources, HitGaps gaps, StoreErrors errors)
{
    /// <summary>Stores all of it or, with an exception, nothing.</summary>
    public HitsSaved Save(SaveHits command) => Save(command, Insert);

    /// <summary>Stores what can be, and sets the rest aside (A-8+).</summary>
    public HitsSaved SaveApart(SaveHits command) => Save(command, InsertApart);

    private HitsSaved Save(SaveHits command, Func<SaveHits, long, Period, IReadOnlyList<Hit>, IReadOnlyList<Hit>> insert)
    {
        var source = sources.Of(command);
        if (command.Sequence <= source.Sequence) return new HitsSaved(command.Source.Life, command.Sequence, source.Aside);
        // By reference: two hits may well be equal.
        var aside = new HashSet<Hit>(ReferenceEqualityComparer.Instance);
        foreach (var day in command.Hits.GroupBy(hit => rows.Periods.Of(PeriodFamily.Hits, hit.At)))
            aside.UnionWith(insert(command, source.Id, day.Key, [.. day]));
        rows.Hits.Add(Views(command.Hits.Where(hit => !aside.Contains(hit))));
        foreach (var gap in command.Gaps) gaps.Add(source.Id, gap);
        if (aside.Count > 0) gaps.Add(source.Id, new HitGap(aside.Min(hit => hit.At), aside.Max(hit => hit.At), GapReason.Poison, aside.Count));
        sources.Store(source, command, aside.Count);
        return new HitsSaved(command.Source.Life, command.Sequence, aside.Count);
    }

    private IReadOnlyList<Hit> Insert(SaveHits command, long source, Period day, IReadOnlyList<Hit> hits)
    {
        rows.Hits.Insert(day, source, command.Sequence, hits, hits.Count);
        return [];
    }

    private IReadOnlyList<Hit> InsertApart(SaveHits command, long source, Period day, IReadOnlyList<Hit> hits)
    {
        var into = rows.Periods.Write(day);
        return [.. PoisonRule.Isolate(hits.Count, TryInsert).Select(at => hits[at])];

        bool TryInsert(int from, int count)
        {
            into["SAVEPOINT hits"].Run();
            try
            {
                rows.Hits.Insert(day, source, command.Sequence, hits.Skip(from).Take(count), count);
                into["RELEASE hits"].Run();
                return true;
            }
            catch (DbException error) when (errors.IsBadRow(error))
            {
                into["ROLLBACK TO hits"].Run();
                into["RELEASE hits"].Run();
                return false;
            }
        }
    }

    private static List<PageViews> Views(IEnumerable<Hit> hits) =>
    [
        .. hits.Where(HitRule.IsView).GroupBy(hit => (hit.Path, Day: Day(hit.At))).Select(page =>
        {
            var bots = page.LongCount(hit => AgentRule.IsBot(hit.Agent));
            return new PageViews(page.Key.Path, page.Key.Day, page.LongCount() - bots, bots);
        }),
    ];

    private static long Day(DateTimeOffset at) => StoredTime.Now(at) / (24L * 60 * 60 * 1000);
}
