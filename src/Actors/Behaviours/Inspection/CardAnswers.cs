using System.Text.Json.Nodes;
using Amble.Behaviours.Ports;

namespace Amble.Behaviours.Inspection;

/// <summary>Cards: what the store has, what is left over, and what this node did since its start.</summary>
internal static class CardAnswers
{
    private const int MostJobs = 50;

    public static Task<InspectionAnswer> OneAsync(Inspected of, string argument, CancellationToken stop)
    {
        var (sums, left) = (of.CardStore.ReadCardSums(of.Now), of.CardStore.ReadLeft(MostJobs + 1));
        var tables = new List<InspectionTable>
        {
            InspectionTable.Single("stored", new JsonObject
            {
                ["cards"] = sums.Cards,
                ["bytes"] = sums.Bytes,
                ["unnamed"] = sums.Unnamed,
                ["thingsWithCard"] = sums.Named,
                ["failing"] = sums.Failing,
                ["waitingToRetry"] = sums.Waiting,
                ["pagesLeft"] = sums.Left,
            }),
            InspectionTable.Of("left", left, MostJobs, one => new JsonObject { ["job"] = one.Job.Value, ["pages"] = one.Left }),
        };
        if (of.Cards is { IsOn: true } cards) tables.Add(Node(cards));
        return Task.FromResult(new InspectionAnswer("cards", null, [Sentence(of.Cards), Carried(sums)], tables));
    }

    private static string Sentence(ICards? cards) => cards switch
    {
        null => "No node runs that could draw.",
        { IsOn: false } => "Nothing draws on this node.",
        { Painter: null } => "The painter is being opened.",
        { Painter: { } painter, Counts: { Hung: > 0 } counts } => $"{painter} draws, and {counts.Hung} of its drawings do not come back.",
        { Painter: { } painter } => $"{painter} draws.",
    };

    private static string Carried(CardSums sums) => sums.Left == 0 ? "No job has left pages without a card." : $"{sums.Left} pages of ended jobs have no card yet; they are carried on with every few minutes.";

    private static InspectionTable Node(ICards cards)
    {
        var counts = cards.Counts;
        return InspectionTable.Single("node", new JsonObject
        {
            ["painter"] = cards.Painter,
            ["offered"] = counts.Offered,
            ["skipped"] = counts.Skipped,
            ["underWay"] = counts.UnderWay,
            ["drawn"] = counts.Drawn,
            ["reused"] = counts.Reused,
            ["failed"] = counts.Failed,
            ["timedOut"] = counts.TimedOut,
            ["unsaved"] = counts.Unsaved,
            ["hung"] = counts.Hung,
            ["carriedOver"] = counts.CarriedOver,
            ["dropped"] = counts.Dropped,
        });
    }
}
