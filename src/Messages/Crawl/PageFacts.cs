namespace Amble.Messages;

/// <summary>What a page tells its readers beyond its title. Texts are data, never markup.</summary>
/// <param name="Description">By meta element, at most 500 characters; null when it has none.</param>
/// <param name="Heading">Text of the first h1 that has any, at most 300 characters; null when none has.</param>
/// <param name="Headings">How many h1 elements it has.</param>
/// <param name="Words">Words of its visible text.</param>
public readonly record struct PageFacts(string? Description, string? Heading, int Headings, int Words);
