using System.Text.RegularExpressions;
using Amble.Actors.Specs.House;
using Amble.Behaviours.Inspection;
using Xunit;

namespace Amble.Actors.Specs.Behaviours.Inspection;

/// <summary>The one table that command line, HTTP and pbm are made of. The palette cannot be compiled everywhere, so its table is judged here.</summary>
[Trait("Seeds", "S-8")]
public sealed partial class InspectionCommandsSpecs
{
    private static IReadOnlyDictionary<string, string> Palette { get; } =
        Blueprint.Read().Files.Where(file => file.Key.StartsWith("src/Actors/Palette/", StringComparison.Ordinal)).ToDictionary();

    [Fact]
    public void Names_are_single_words_and_each_is_there_once()
    {
        Assert.All(InspectionCommands.All, command => Assert.Matches(OneWord(), command.Name));
        Assert.Equal(InspectionCommands.All.Count, InspectionCommands.All.Select(command => command.Name).Distinct().Count());
        Assert.All(InspectionCommands.All, command => Assert.Same(command, InspectionCommands.Find(command.Name)));
        Assert.Null(InspectionCommands.Find("access"));
    }

    [Fact]
    public void An_argument_is_a_word_that_pbm_can_have_for_a_switch() =>
        Assert.All(InspectionCommands.All.Where(command => command.Argument is not null), command => Assert.Matches(OneWord(), command.Argument!.Name.ToLowerInvariant()));

    [Fact]
    public void What_a_command_tells_is_one_sentence() =>
        Assert.All(InspectionCommands.All, command => Assert.Matches(OneSentence(), command.Tells));

    [Fact]
    public void The_palette_is_made_of_the_table_and_names_no_command_itself()
    {
        var code = Palette.Where(file => file.Key.EndsWith(".cs", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, code.Count(file => file.Value.Contains("InspectionCommands.All", StringComparison.Ordinal)));
        Assert.All(InspectionCommands.All, command => Assert.DoesNotContain(code, file => file.Value.Contains($"\"{command.Name}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_palette_is_small_listens_on_loopback_and_brings_those_of_cluster_and_sharding()
    {
        Assert.InRange(Palette.Values.Sum(text => text.Split('\n').Length - 1), 1, 100);
        var all = string.Concat(Palette.Values);
        Assert.Contains("host = \"127.0.0.1\"", all, StringComparison.Ordinal);
        Assert.DoesNotContain("0.0.0.0", all, StringComparison.Ordinal);
        Assert.Contains("ClusterCommands.Instance", all, StringComparison.Ordinal);
        Assert.Contains("ClusterShardingCommands.Instance", all, StringComparison.Ordinal);
    }

    [GeneratedRegex("^[a-z]+$")]
    private static partial Regex OneWord();

    [GeneratedRegex(@"^[A-Z][^.]*\.$")]
    private static partial Regex OneSentence();
}
