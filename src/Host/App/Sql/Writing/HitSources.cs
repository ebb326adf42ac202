using System.Globalization;
using Amble.Messages;
using static Amble.Messages.WriterProtocol;

namespace Amble.App.Sql.Writing;

/// <summary>
/// Lives of processes that serve pages. The first batch of a life ends what the same node's earlier lives left open: what one of them noted
/// at its end is told as it is; of one that noted nothing it is only known between which instants something may be missing.
/// </summary>
internal sealed class HitSources(Database database, HitGaps gaps)
{
    private const string Select = "SELECT id, sequence, aside FROM hit_sources WHERE life = ?";
    private const string Insert = "INSERT INTO hit_sources (life, node, started_at, newest_at) VALUES (?, ?, ?, ?)";
    private const string SelectOpen = "SELECT id, newest_at FROM hit_sources WHERE node = ? AND ended = 0 AND life <> ?";
    private const string SelectLeft = "SELECT id, sequence, ended FROM hit_sources WHERE life = ?";
    private const string End = "UPDATE hit_sources SET ended = 1 WHERE id = ?";
    private const string Update = "UPDATE hit_sources SET sequence = ?1, aside = ?2, newest_at = CASE WHEN newest_at < ?3 THEN ?3 ELSE newest_at END, ended = ?4 WHERE id = ?5";
    private const string Forget = "DELETE FROM hit_sources WHERE ended = 1 AND newest_at < ? AND id IN (SELECT id FROM hit_sources ORDER BY id LIMIT 2)";

    public HitSourceRow Of(SaveHits command)
    {
        var life = Text(command.Source.Life);
        var known = database[Select].Bind(life);
        if (known.Step())
        {
            var row = new HitSourceRow(known.Integer(0), known.Integer(1), known.Number(2));
            known.End();
            return row;
        }
        foreach (var left in command.Left) Tell(left, command);
        EndOpen(command, life);
        database[Forget].Bind(gaps.Oldest(command.Source.StartedAt)).Put();
        return new HitSourceRow(New(life, command), 0, 0);
    }

    public void Store(HitSourceRow row, SaveHits command, int aside)
    {
        var newest = command.Hits.Count == 0 ? command.Source.StartedAt : command.Hits.Max(hit => hit.At);
        database[Update].Bind(command.Sequence).Bind(aside).Bind(StoredTime.Now(newest)).Bind(command.IsLast).Bind(row.Id).Put();
    }

    // One that has ended was told of before: its note came twice.
    private void Tell(HitsLeft left, SaveHits command)
    {
        var life = Text(left.Life);
        var known = database[SelectLeft].Bind(life);
        var (id, sequence, ended) = known.Step() ? ((long?)known.Integer(0), known.Integer(1), known.Flag(2)) : (null, 0, false);
        known.End();
        if (ended) return;
        var source = id ?? New(life, command);
        foreach (var gap in sequence < left.Sequence ? left.InHand.Concat(left.Beyond) : left.Beyond) gaps.Add(source, gap);
        database[End].Bind(source).Run();
    }

    private void EndOpen(SaveHits command, string life)
    {
        var open = new List<(long Id, long NewestAt)>();
        var found = database[SelectOpen].Bind(command.Source.Node).Bind(life);
        while (found.Step()) open.Add((found.Integer(0), found.Integer(1)));
        foreach (var (id, newest) in open)
        {
            gaps.Add(id, new HitGap(StoredTime.Instant(newest), command.Source.StartedAt, GapReason.Unknown, null));
            database[End].Bind(id).Put();
        }
    }

    private long New(string life, SaveHits command)
    {
        var startedAt = StoredTime.Now(command.Source.StartedAt);
        return database[Insert].Bind(life).Bind(command.Source.Node).Bind(startedAt).Bind(startedAt).RunForId()!.Value;
    }

    private static string Text(Guid life) => life.ToString("N", CultureInfo.InvariantCulture);
}

/// <param name="Sequence">The last batch that is stored.</param>
/// <param name="Aside">Hits of it that were set aside.</param>
internal sealed record HitSourceRow(long Id, long Sequence, int Aside);
