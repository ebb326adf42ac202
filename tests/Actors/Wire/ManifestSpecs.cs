using System.Text;
using Amble.Messages;
using Amble.Wire;
using Xunit;

namespace Amble.Actors.Specs.Wire;

/// <summary>
/// Golden.txt holds each manifest with the bytes that this and every earlier release writes under it. It only grows: the last line of a
/// manifest is what is written today, and all of its lines must be readable.
/// </summary>
[Trait("Seeds", "S-7")]
public sealed class ManifestSpecs
{
    private static readonly ILookup<string, string> Golden = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Wire", "Golden.txt"))
        .Where(line => line.Length > 0).Select(line => line.Split(' ', 2)).ToLookup(parts => parts[0], parts => parts[1]);

    public static TheoryData<string> Known => [.. Manifests.All.Select(row => row.Manifest)];

    [Theory, MemberData(nameof(Known))]
    public void The_bytes_are_what_every_release_wrote(string manifest)
    {
        var example = Examples.Of(Manifests.All.Single(row => row.Manifest == manifest).Type, new FullChoices());
        var today = Encoding.UTF8.GetString(Codec.Encode(example).Bytes);
        Assert.True(today == Golden[manifest].LastOrDefault(), $"""
            {manifest} is written otherwise than before. If a field was renamed, taken away or means something else, it needs a new version beside the old one.
            If it is new, or a field that has a default was added, this line belongs below its others in tests/Actors/Wire/Golden.txt:
            {manifest} {today}
            """);
    }

    [Theory, MemberData(nameof(Known))]
    public void What_any_release_wrote_can_be_read(string manifest)
    {
        foreach (var line in Golden[manifest]) Assert.NotNull(Codec.Decode(manifest, Encoding.UTF8.GetBytes(line)));
        var example = Examples.Of(Manifests.All.Single(row => row.Manifest == manifest).Type, new FullChoices());
        Assert.Null(Sameness.Difference(example, Codec.Decode(manifest, Encoding.UTF8.GetBytes(Golden[manifest].Last()))));
    }

    [Fact]
    public void No_manifest_that_was_ever_written_is_forgotten() =>
        Assert.Empty(Golden.Select(lines => lines.Key).Except(Manifests.All.Select(row => row.Manifest)));

    [Theory]
    [InlineData(typeof(WriterProtocol))]
    [InlineData(typeof(DomainProtocol))]
    [InlineData(typeof(JobProtocol))]
    public void Everything_that_may_be_said_has_a_manifest(Type protocol) =>
        Assert.Empty(protocol.GetNestedTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.GetInterfaces().Any(one => one.DeclaringType == protocol) && !Manifests.Has(type)).Select(type => type.Name));

    [Fact]
    public void A_manifest_names_one_message_and_says_whose_what_and_which_version()
    {
        Assert.Equal(Manifests.All.Count, Manifests.All.Select(row => row.Manifest).Distinct().Count());
        Assert.Equal(Manifests.All.Count, Manifests.All.Select(row => row.Type).Distinct().Count());
        Assert.All(Manifests.All, row => Assert.Matches("^[a-z]/[a-z-]+/[1-9][0-9]*$", row.Manifest));
    }
}
