namespace Amble.Actors.Specs.House;

/// <summary>Where a house rule does not hold, each with its reason. An entry that nothing needs any more is itself a fault.</summary>
public sealed record Exceptions(
    IReadOnlyDictionary<string, string> LongFiles,
    IReadOnlyDictionary<string, string> CatchAlls,
    IReadOnlyDictionary<(string From, string To), string> Imports)
{
    public static Exceptions None { get; } = new(
        new Dictionary<string, string>(), new Dictionary<string, string>(), new Dictionary<(string, string), string>());

    public static Exceptions Ours { get; } = new(
        LongFiles: new Dictionary<string, string>(),
        CatchAlls: new Dictionary<string, string>
        {
            ["src/Actors/Cluster/Entities/Driver.cs"] = "the supervisor: as in Local, a behaviour that throws is given up alone and born again from what is stored",
            ["src/Actors/Local/Cards/CardDrawing.cs"] = "the edge of a drawing: what strangers wrote may make a painter throw anything, and the next card may well be drawn",
            ["src/Actors/Local/Cards/CardMaking.cs"] = "the edge of a round's read: a job's end must not wait for ever for its cards",
            ["src/Actors/Local/Entity.cs"] = "the supervisor: a behaviour that throws is given up alone and born again from what is stored",
            ["src/Actors/Local/Errands.cs"] = "the edge of a fetch: an entity must not wait for ever for one that threw",
            ["src/Host/App/Cards/CardDoor.cs"] = "the edge of a drawing: without its picture a page shows none, and all else is as it was",
        },
        Imports: new Dictionary<(string From, string To), string>
        {
            [("Politeness", "Crawl")] = "what a status means to the pace stands in one place, StatusRule",
        });
}
