using System.Globalization;
using Amble.Wire.Framing;

namespace Amble.Wire;

/// <summary>A message does not fit into one wire message: its sender has to cut it, or to say less.</summary>
public sealed class MessageTooBigException(string manifest, long bytes)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"A message '{manifest}' has {bytes:N0} bytes; allowed are {Codec.MostBytes:N0}, and {FrameCutter.MostWhole:N0} in frames."))
{
    public string Manifest { get; } = manifest;

    public long Bytes { get; } = bytes;
}
