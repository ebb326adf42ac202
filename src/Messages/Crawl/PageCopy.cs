namespace Amble.Messages;

/// <summary>By what a site recognises a page that it sent before (RFC 9110 section 8.8), as it was sent; at least one is there.</summary>
public sealed record Validators(string? ETag, string? LastModified);

/// <summary>A page as it is stored from an earlier visit, whole: what a 304 stands for (RFC 9110 section 15.4.5).</summary>
/// <param name="Bytes">Of its body, as sent.</param>
/// <param name="Outlinks">All its links, packed.</param>
public sealed record PageCopy(
    Validators Validators, long Bytes, string? ContentType, string? Title, string? Canonical, bool NoIndex, bool NoFollow, PageFacts Facts,
    int OutlinkCount, byte[] Outlinks);
