using Amble.App.Sql;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Cards;

/// <summary>How often things were looked at, by the totals of the access log. People only: a card that a bot fetches often is not a liked one.</summary>
internal sealed class StoredViews(ReadStore reads) : IViewCounts
{
    public IReadOnlyList<long> ViewsOf(IReadOnlyList<CardSubject> subjects) => reads.ReadPeople([.. subjects.Select(PathOf)]);

    // As the access log has it: the address of the thing's page.
    private string PathOf(CardSubject subject) => subject.Kind switch
    {
        CardKind.Page => $"/pages/{subject.Id}",
        CardKind.Job => $"/jobs/{subject.Id}",
        _ => $"/sites/{reads.ReadSite(subject)?.Value}",
    };
}
