using Amble.Messages;
using static Amble.Messages.WriterProtocol;

namespace Amble.App.Sql.Writing;

/// <summary>
/// Pictures and what names them. A name goes to a picture that is there, and to no other, so that nobody is ever shown an address with
/// nothing behind it; a picture that loses its last name keeps the instant, by which it is cleared away. Every command may come twice.
/// </summary>
internal sealed class CardWrites(TurnRows rows)
{
    private const string Insert = "INSERT INTO cards (hash, size, made_at, unnamed_at, png) VALUES (?1, ?2, ?3, ?3, ?4) ON CONFLICT (hash) DO NOTHING";

    // The one that it has now, if that is another and nobody else has it.
    private const string Unname =
        """
        UPDATE cards SET unnamed_at = ?1
        WHERE hash = (SELECT hash FROM card_of WHERE kind = ?2 AND id = ?3) AND hash <> ?4 AND (?4 = '' OR EXISTS (SELECT 1 FROM cards n WHERE n.hash = ?4))
            AND NOT EXISTS (SELECT 1 FROM card_of o WHERE o.hash = cards.hash AND (o.kind <> ?2 OR o.id <> ?3))
        """;

    private const string Name =
        """
        INSERT INTO card_of (kind, id, hash) SELECT ?1, ?2, hash FROM cards WHERE hash = ?3
        ON CONFLICT (kind, id) DO UPDATE SET hash = excluded.hash, failures = 0, retry_at = NULL, error = NULL
        """;

    private const string IsNamed = "UPDATE cards SET unnamed_at = NULL WHERE hash = ? AND unnamed_at IS NOT NULL";

    private const string Fail =
        """
        INSERT INTO card_of (kind, id, failures, retry_at, error) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (kind, id) DO UPDATE SET failures = excluded.failures, retry_at = excluded.retry_at, error = excluded.error
        """;

    private const string Forget = "DELETE FROM card_of WHERE kind = ? AND id = ?";

    private const string SetLeft = "INSERT INTO cards_left (job_id, pages) VALUES (?, ?) ON CONFLICT (job_id) DO UPDATE SET pages = excluded.pages";

    private const string NoneLeft = "DELETE FROM cards_left WHERE job_id = ?";

    private const string Drop = "DELETE FROM cards WHERE id IN (SELECT id FROM cards WHERE unnamed_at < ? ORDER BY unnamed_at LIMIT ?)";

    public CardSaved Save(SaveCard command)
    {
        rows.Database[Insert].Bind(command.Hash).Bind(command.Png.Length).Bind(StoredTime.Milliseconds(command.At)).Bind(command.Png.AsSpan()).Put();
        return new CardSaved(command.Hash);
    }

    public CardsNamed Mark(NameCards command)
    {
        foreach (var mark in command.Marks) Mark(mark, StoredTime.Milliseconds(command.At));
        return new CardsNamed(command.Marks.Count);
    }

    public CardsLeftSet Set(SetCardsLeft command)
    {
        if (command.Left > 0) rows.Database[SetLeft].Bind(command.Job.Value).Bind(command.Left).Put();
        else rows.Database[NoneLeft].Bind(command.Job.Value).Put();
        return new CardsLeftSet(command.Job);
    }

    public CardsDropped Clear(DropCards command)
    {
        var dropped = rows.Database[Drop].Bind(StoredTime.Milliseconds(command.Before)).Bind(MostDropped).Run();
        return new CardsDropped(dropped, dropped == MostDropped);
    }

    private void Mark(CardMark mark, long at)
    {
        var (kind, id) = ((long)mark.Subject.Kind, mark.Subject.Id);
        switch (mark)
        {
            case { Hash: { } hash }:
                rows.Database[Unname].Bind(at).Bind(kind).Bind(id).Bind(hash).Put();
                rows.Database[Name].Bind(kind).Bind(id).Bind(hash).Put();
                rows.Database[IsNamed].Bind(hash).Put();
                break;
            case { RetryAt: { } retryAt }:
                rows.Database[Fail].Bind(kind).Bind(id).Bind(mark.Failures).Bind(StoredTime.Milliseconds(retryAt)).Bind(mark.Error).Put();
                break;
            default:
                rows.Database[Unname].Bind(at).Bind(kind).Bind(id).Bind("").Put();
                rows.Database[Forget].Bind(kind).Bind(id).Put();
                break;
        }
    }
}
