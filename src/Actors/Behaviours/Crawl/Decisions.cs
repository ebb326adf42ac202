using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>
/// What a domain decided lately, newest last; only in memory. Two short lists, since the requests of a busy domain would soon push out the
/// refusal that explains its pace. Each is a chain that grows at its head and is cut when it has grown to twice its length: adding to it
/// costs one small object, however often that happens.
/// </summary>
public sealed record Decisions
{
    /// <summary>Requests that are remembered.</summary>
    public const int MostRequests = 8;

    /// <summary>Other decisions that are remembered.</summary>
    public const int MostOthers = 32;

    public static Decisions None { get; } = new();

    private Link? Requests { get; init; }
    private Link? Others { get; init; }

    public Decisions Add(DecisionMade made) => made.Kind == DecisionKind.Asked
        ? this with { Requests = Grown(Requests, made, MostRequests) }
        : this with { Others = Grown(Others, made, MostOthers) };

    /// <summary>Both lists together, oldest first.</summary>
    public IReadOnlyList<DecisionMade> All() =>
        [.. Newest(Requests, MostRequests).Concat(Newest(Others, MostOthers)).Reverse().OrderBy(made => made.At)];

    private static Link Grown(Link? chain, DecisionMade made, int most)
    {
        if (chain?.Length >= 2 * most)
        {
            chain = Newest(chain, most).Reverse().Aggregate((Link?)null, (rest, one) => new Link(one, rest));
        }
        return new Link(made, chain);
    }

    private static IEnumerable<DecisionMade> Newest(Link? chain, int most)
    {
        for (var link = chain; link is not null && most > 0; link = link.Rest, most--) yield return link.Made;
    }

    private sealed class Link(DecisionMade made, Link? rest)
    {
        public DecisionMade Made => made;
        public Link? Rest => rest;
        public int Length { get; } = (rest?.Length ?? 0) + 1;
    }
}
