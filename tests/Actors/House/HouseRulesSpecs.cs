using Xunit;

namespace Amble.Actors.Specs.House;

/// <summary>The house keeps its rules, and each rule can tell when it is broken.</summary>
public sealed class HouseRulesSpecs
{
    private static readonly Blueprint Ours = Blueprint.Read();

    [Fact]
    public void The_whole_house_is_read()
    {
        Assert.Contains("src/Messages/Messages.csproj", Ours.Files.Keys);
        Assert.Contains("tests/Actors/House/HouseRulesSpecs.cs", Ours.Files.Keys);
    }

    [Fact]
    public void Arrows_point_one_way() => Keeps(HouseRules.ArrowsPointOneWay(Ours));

    [Fact]
    public void Duties_do_not_import_each_other() => Keeps(HouseRules.DutiesDoNotImportEachOther(Ours, Exceptions.Ours));

    [Fact]
    public void A_file_is_one_idea() => Keeps(HouseRules.OneIdeaPerFile(Ours, Exceptions.Ours));

    [Fact]
    public void Names_say_something() => Keeps(HouseRules.NamesSaySomething(Ours));

    [Fact]
    public void Comments_are_reasons() => Keeps(HouseRules.CommentsAreReasons(Ours));

    [Fact]
    public void Rules_open_in_words() => Keeps(HouseRules.RulesOpenInWords(Ours));

    [Fact]
    public void Surprise_is_a_crash() => Keeps(HouseRules.SurpriseIsACrash(Ours, Exceptions.Ours));

    [Fact]
    public void Usings_are_sorted() => Keeps(HouseRules.UsingsAreSorted(Ours));

    [Fact]
    public void Claimed_rows_exist() => Keeps(HouseRules.ClaimedRowsExist(Ours));

    [Theory]
    [InlineData("src/Messages/Messages.csproj", "<ProjectReference Include=\"../Actors/Behaviours/Behaviours.csproj\" />")]
    [InlineData("src/Actors/Behaviours/Behaviours.csproj", "<ProjectReference Include=\"..\\Local\\Local.csproj\" />")]
    [InlineData("src/Messages/Messages.csproj", "<PackageReference Include=\"Newtonsoft.Json\" />")]
    [InlineData("src/Shed/Shed.csproj", "<Project />")]
    [InlineData("src/Actors/Behaviours/Crawl/PaceRule.cs", "using Amble.App.Web;")]
    [InlineData("src/Messages/Visit.cs", "using static Amble.Behaviours.Crawl.PaceRule;")]
    public void An_arrow_that_points_back_is_found(string path, string text) =>
        Assert.Single(HouseRules.ArrowsPointOneWay(With(path, text)));

    [Fact]
    public void An_import_between_duties_is_found_and_an_idle_exception_too()
    {
        var house = With("src/Actors/Behaviours/Jobs/EndRule.cs", "using Amble.Behaviours.Ports;\nusing Amble.Behaviours.Crawl;");
        var excused = Exceptions.None with { Imports = new Dictionary<(string, string), string> { [("Jobs", "Crawl")] = "a job is made of crawls" } };
        Assert.Single(HouseRules.DutiesDoNotImportEachOther(house, Exceptions.None));
        Assert.Empty(HouseRules.DutiesDoNotImportEachOther(house, excused));
        Assert.Single(HouseRules.DutiesDoNotImportEachOther(With("src/Actors/Behaviours/Jobs/EndRule.cs", ""), excused));
    }

    [Fact]
    public void A_long_file_is_found_and_an_idle_exception_too()
    {
        var excused = Exceptions.None with { LongFiles = new Dictionary<string, string> { ["src/A.cs"] = "a table of all status codes" } };
        Assert.Empty(HouseRules.OneIdeaPerFile(With("src/A.cs", Lines(300)), Exceptions.None));
        Assert.Single(HouseRules.OneIdeaPerFile(With("src/A.cs", Lines(301)), Exceptions.None));
        Assert.Empty(HouseRules.OneIdeaPerFile(With("src/A.cs", Lines(301)), excused));
        Assert.Single(HouseRules.OneIdeaPerFile(With("src/A.cs", Lines(300)), excused));
    }

    [Theory]
    [InlineData("public sealed class CrawlManager", 1)]
    [InlineData("internal readonly record struct PageInfo(int Id);", 1)]
    [InlineData("    private abstract class StoreBase", 1)]
    [InlineData("public sealed class Database", 0)]
    [InlineData("public static class PaceRule", 0)]
    public void An_empty_name_is_found(string line, int faults) => Assert.Equal(faults, HouseRules.NamesSaySomething(With("src/A.cs", line)).Count());

    [Theory]
    [InlineData("#region Fields", 1)]
    [InlineData("#pragma warning disable RS0030", 1)]
    [InlineData("// =========== fields ===========", 1)]
    [InlineData("// var old = Read();", 1)]
    [InlineData("    // if (done) {", 1)]
    [InlineData("// The delay is kept, because an error page is fast.", 0)]
    [InlineData("/// <code>var x = Read();</code>", 0)]
    public void A_comment_that_is_no_reason_is_found(string line, int faults) =>
        Assert.Equal(faults, HouseRules.CommentsAreReasons(With("src/A.cs", line)).Count());

    [Fact]
    public void A_rule_without_words_is_found()
    {
        const string Path = "src/Actors/Behaviours/Crawl/PaceRule.cs";
        Assert.Single(HouseRules.RulesOpenInWords(With(Path, "using System;\n\nnamespace A;\n\npublic static class PaceRule;")));
        Assert.Empty(HouseRules.RulesOpenInWords(With(Path, "using System;\n\nnamespace A;\n\n/// <summary>Slower.</summary>\npublic static class PaceRule;")));
        Assert.Empty(HouseRules.RulesOpenInWords(With(Path, "namespace A;\n\n// A refusal makes it slower.\n\npublic static class PaceRule;")));
    }

    [Theory]
    [InlineData("catch (Exception e)\n{\n    Log(e);\n}", 1)]
    [InlineData("catch\n{\n}", 1)]
    [InlineData("catch\n{\n    Undo();\n    throw;\n}", 0)]
    [InlineData("catch (Exception e) when (e is IOException)\n{\n}", 0)]
    [InlineData("catch (IOException)\n{\n}", 0)]
    public void A_catch_of_everything_is_found(string text, int faults) =>
        Assert.Equal(faults, HouseRules.SurpriseIsACrash(With("src/Host/App/A.cs", text), Exceptions.None).Count());

    [Theory]
    [InlineData("using Amble.Messages;\nusing System.Text;\n", 1)]
    [InlineData("using System.Text;\nusing System.Net;\n", 1)]
    [InlineData("using System.Net;\nusing System.Net.Http;\nusing Amble.Messages;\nusing Xunit;\n", 0)]
    public void Unsorted_usings_are_found(string text, int faults) => Assert.Equal(faults, HouseRules.UsingsAreSorted(With("src/A.cs", text)).Count());

    [Theory]
    [InlineData("P-3", 0)]
    [InlineData("P-9", 0)]
    [InlineData("P-9+", 0)]
    [InlineData("P-99", 1)]
    public void A_claim_of_no_row_is_found(string row, int faults)
    {
        var claim = $"[Trait(\"Seeds\", \"{row}\")]";
        var house = With("tests/A.cs", claim) with { Seeds = "| id | promise |\n| P-3 | slots |\n| P-9+ | the limit |\n" };
        Assert.Equal(faults, HouseRules.ClaimedRowsExist(house).Count());
    }

    /// <summary>Shows every fault whole, which a failed comparison of lists does not.</summary>
    private static void Keeps(IEnumerable<string> faults)
    {
        var all = faults.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }

    private static Blueprint With(string path, string text) => new(new Dictionary<string, string> { [path] = text }, null);

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("x\n", count));
}
