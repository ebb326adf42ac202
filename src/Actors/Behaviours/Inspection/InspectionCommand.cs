using Amble.Behaviours.Ports;

namespace Amble.Behaviours.Inspection;

/// <summary>One inspection command; <c>amble inspect</c>, its help, the HTTP route and the palette are made of these.</summary>
/// <param name="Name">As people type it.</param>
/// <param name="Argument">What it takes; null when it takes nothing.</param>
/// <param name="Tells">What it tells, in one sentence.</param>
/// <param name="NeedsNode">Only a running node can answer; the others can be answered by the store alone.</param>
/// <param name="Answer">To the argument that was found right, or an empty text.</param>
public sealed record InspectionCommand(
    string Name, InspectionArgument? Argument, string Tells, bool NeedsNode, Func<Inspected, string, CancellationToken, Task<InspectionAnswer>> Answer)
{
    /// <summary>As help and lists write it.</summary>
    public string Usage => Argument is null ? Name : $"{Name} {Argument.Name}";

    /// <summary>What is wrong with an argument, as what would be right instead; null when it is right.</summary>
    public string? Allowed(string? argument) => (Argument, argument) switch
    {
        (null, null) => null,
        (null, _) => $"nothing: `{Name}` takes no argument",
        ({ } takes, { } given) when takes.IsRight(given) => null,
        ({ } takes, _) => takes.Allowed,
    };
}

/// <param name="Name">In capitals, as help writes it.</param>
/// <param name="Allowed">Fit to follow "allowed is".</param>
public sealed record InspectionArgument(string Name, string Allowed, Func<string, bool> IsRight);

/// <summary>What is looked into.</summary>
/// <param name="Running">Null when no node runs.</param>
/// <param name="Now">By the clock of whoever asks.</param>
public sealed record Inspected(IInspection? Running, IPageReads Pages, IInspectionReads Store, DateTimeOffset Now)
{
    /// <summary>Null when no node runs.</summary>
    public IRetention? Retention { get; init; }

    /// <summary>Of the running node; null when it serves no pages.</summary>
    public IAccessLog? Log { get; init; }

    /// <summary>What the access log has come to; null when that is not kept.</summary>
    public IAccessReads? Access { get; init; }

    /// <summary>What draws on the node that answers; null when no node runs.</summary>
    public ICards? Cards { get; init; }

    /// <summary>How politely sites were asked; null when that is not kept.</summary>
    public IPolitenessReads? Politeness { get; init; }

    public ICardReads CardStore { get; init; } = NoCards.Instance;
}
