using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>
/// What a domain decided lately, newest last; only in memory. Two short lists, since the requests of a busy domain would soon push out the
/// refusal that explains its pace. Each is a chain that grows at its head and is cut only now and then: adding to it costs a small object or
/// two, however often that happens.
/// </summary>
public sealed record Decisions
{
    /// <summary>Requests that are remembered.</summary>
    public const int MostRequests = 8;

    /// <summary>Other decisions that are remembered.</summary>
    public const int MostOthers = 32;

    private const int Slack = 8;

    public static Decisions None { get; } = new();

    private int Count { get; init; }
    private Link? Requests { get; init; }
    private Link? Others { get; init; }

    public Decisions Add(DecisionMade made) => made.Kind == DecisionKind.Asked
        ? this with { Count = Count + 1, Requests = Grown(Requests, made, Count, MostRequests) }
        : this with { Count = Count + 1, Others = Grown(Others, made, Count, MostOthers) };

    /// <summary>Both lists together, oldest first.</summary>
    public IReadOnlyList<DecisionMade> All() =>
        [.. Newest(Requests, MostRequests).Concat(Newest(Others, MostOthers)).OrderBy(link => link.Number).Select(link => link.Made)];

    private static Link Grown(Link? chain, DecisionMade made, int number, int most)
    {
        if (chain?.Length >= most + Slack)
        {
            chain = Newest(chain, most).Reverse().Aggregate((Link?)null, (rest, one) => new Link(one.Made, one.Number, rest));
        }
        return new Link(made, number, chain);
    }

    private static IEnumerable<Link> Newest(Link? chain, int most)
    {
        for (var link = chain; link is not null && most > 0; link = link.Rest, most--) yield return link;
    }

    private sealed class Link(DecisionMade made, int number, Link? rest)
    {
        public int Number => number;
        public DecisionMade Made => made;
        public Link? Rest => rest;
        public int Length { get; } = (rest?.Length ?? 0) + 1;
    }
}
