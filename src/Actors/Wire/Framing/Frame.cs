namespace Amble.Wire.Framing;

/// <summary>One piece of a message that is too big to travel whole.</summary>
/// <param name="Session">Who cut it, in one of its lives.</param>
/// <param name="Number">Which of its messages; from 1 and growing.</param>
/// <param name="Part">From 0.</param>
/// <param name="Of">Parts in all.</param>
/// <param name="Manifest">What it is when it is whole.</param>
/// <param name="Bytes">At most <see cref="FrameCutter.MostBytes"/>; every part but the last has exactly that many.</param>
public sealed record Frame(string Session, long Number, int Part, int Of, string Manifest, byte[] Bytes);
