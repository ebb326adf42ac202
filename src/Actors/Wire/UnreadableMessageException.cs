namespace Amble.Wire;

/// <summary>Bytes that came under a manifest are no message of this version: refused whole, never half understood.</summary>
public sealed class UnreadableMessageException(string manifest, string problem, Exception? cause = null)
    : Exception($"A message '{manifest}' cannot be read: {problem}", cause)
{
    public string Manifest { get; } = manifest;
}
