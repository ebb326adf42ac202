using System.Reflection;
using System.Text.RegularExpressions;
using Amble.App.Live;
using Amble.App.Settings;
using Amble.App.Web;
using Amble.Behaviours.AccessLog;
using Amble.Behaviours.Cards;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ingress;
using Amble.Behaviours.Retention;
using Amble.Behaviours.Writing;
using Xunit;

namespace Amble.Host.Specs.Settings;

/// <summary>The file beside the program is what people read; the code is what holds. These keep them one.</summary>
public sealed partial class ShippedSettingsSpecs
{
    private static readonly string Shipped = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "appsettings.json"));

    [Fact]
    public void The_file_beside_the_program_names_every_setting_with_its_default()
    {
        var (shipped, problems) = SettingsReader.Read(Shipped, [], new Dictionary<string, string>());

        Assert.Empty(problems);
        Assert.All(Setting.All, setting => Assert.Equal((setting.Path, setting.Default, "appsettings.json"), (setting.Path, shipped[setting].Text, shipped[setting].Source)));
        Assert.Equal(CrawlSettings.Default, shipped.Crawl);
        Assert.Equal(TrapSettings.Default, shipped.Traps);
        Assert.Equal(WebSettings.Default, shipped.Web);
        Assert.Equal(WriterQueueSettings.Default, shipped.Writer);
        Assert.Equal(RetentionSettings.Default, shipped.Retention);
        Assert.Equal(AccessLogSettings.Default, shipped.AccessLog);
        Assert.Equal(LiveSettings.Default, shipped.Live);
        Assert.Equal(CardSettings.Default, shipped.Cards);
        Assert.Equal(LimiterSettings.Default, shipped.Limiter);
    }

    [Fact]
    public void Every_name_in_the_file_has_its_meaning_above_it()
    {
        var lines = Shipped.Split('\n').Select(line => line.Trim()).ToList();
        var bare = lines.Where((line, i) => line.StartsWith('"') && !lines[i - 1].StartsWith("//", StringComparison.Ordinal));

        Assert.Empty(bare);
    }

    [Fact]
    public void Every_constant_of_the_code_is_a_setting_and_every_setting_a_constant()
    {
        AssertNamed(typeof(PaceSettings), Sections.Pace);
        AssertNamed(typeof(RetrySettings), Sections.Retry);
        AssertNamed(typeof(CrawlSettings), Sections.Crawl, besides: [nameof(CrawlSettings.Pace), nameof(CrawlSettings.Retry)]);
        AssertNamed(typeof(TrapSettings), Sections.Traps);
        AssertNamed(typeof(WebSettings), Sections.Web, besides: [nameof(WebSettings.AllowPrivate), nameof(WebSettings.ConnectTo)]);
        AssertNamed(typeof(WriterQueueSettings), Sections.Writer);
        AssertNamed(typeof(RetentionSettings), Sections.Retention);
        AssertNamed(typeof(AccessLogSettings), Sections.AccessLog);
        AssertNamed(typeof(LiveSettings), Sections.Live);
        AssertNamed(typeof(CardSettings), Sections.Cards);
        AssertNamed(typeof(LimiterSettings), Sections.Limiter);
    }

    [Fact]
    public void Every_setting_moves_its_own_constant_and_no_other()
    {
        AssertMoves(Sections.Pace);
        AssertMoves(Sections.Retry);
        AssertMoves(Sections.Crawl);
        AssertMoves(Sections.Traps);
        AssertMoves(Sections.Web);
        AssertMoves(Sections.Writer);
        AssertMoves(Sections.Retention);
        AssertMoves(Sections.AccessLog);
        AssertMoves(Sections.Live);
        AssertMoves(Sections.Cards);
        AssertMoves(Sections.Limiter);
    }

    private static void AssertNamed(Type record, ISection section, string[]? besides = null) => Assert.Equal(
        Constants(record).Select(property => property.Name).Except(besides ?? []).Order(StringComparer.OrdinalIgnoreCase),
        section.Settings.Select(setting => Suffix().Replace(setting.Name, "")).Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);

    private static void AssertMoves<T>(Section<T> section)
    {
        var usual = section.Build(setting => setting.Default);
        foreach (var moved in section.Settings)
        {
            var text = double.TryParse(moved.Default, out var number) ? $"{number + 1}" : bool.TryParse(moved.Default, out var isOn) ? $"{!isOn}" : "other";
            var built = section.Build(setting => setting == moved ? text : setting.Default);

            var changed = Assert.Single(Constants(typeof(T)), property => !Equals(property.GetValue(built), property.GetValue(usual)));
            Assert.Equal(changed.Name, Suffix().Replace(moved.Name, ""), ignoreCase: true);
        }
    }

    private static IEnumerable<PropertyInfo> Constants(Type record) =>
        record.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite);

    [GeneratedRegex("(Ms|Seconds|Minutes|Hours|Days|Bytes)$")]
    private static partial Regex Suffix();
}
