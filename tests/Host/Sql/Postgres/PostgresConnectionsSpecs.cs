using Amble.App.Settings;
using Amble.App.Sql.Postgres;
using Xunit;

namespace Amble.Host.Specs.Sql.Postgres;

/// <summary>How a database is named, and that its password is told to nobody.</summary>
public sealed class PostgresConnectionsSpecs
{
    private const string Keys = "Host=db;Port=6432;Username=amble;Password=hu sh;Database=crawls";

    [Theory]
    [InlineData("postgresql://amble:hu%20sh@db:6432/crawls")]
    [InlineData("postgres://amble:hu%20sh@db:6432/crawls")]
    [InlineData("postgresql://db/crawls?user=amble&password=hu%20sh&port=6432")]
    public void A_URI_means_the_same_as_keys_and_values(string uri)
    {
        Assert.True(PostgresConnections.TryRead(uri, out var read));
        Assert.True(PostgresConnections.TryRead(Keys, out var keys));
        Assert.True(keys.EquivalentTo(read));
        Assert.Equal(PostgresConnections.Folder(Keys), PostgresConnections.Folder(uri));
    }

    [Theory]
    [InlineData("somewhere")]
    [InlineData("Host=")]
    [InlineData("Colour=green;Host=db")]
    [InlineData("Host=db;Port=many")]
    [InlineData("postgresql://db/crawls?colour=green")]
    [InlineData("postgresql://")]
    public void What_names_no_database_is_refused(string text) => Assert.False(PostgresConnections.TryRead(text, out _));

    [Fact]
    public void A_URI_says_how_the_connection_is_to_be_secured()
    {
        Assert.True(PostgresConnections.TryRead("postgresql://db/crawls?sslmode=verify-full", out var read));
        Assert.Equal(Npgsql.SslMode.VerifyFull, read.SslMode);
    }

    [Fact]
    public void Its_tables_are_in_a_schema_of_their_own_unless_another_is_named()
    {
        Assert.Equal("amble", PostgresConnections.Schema(PostgresConnections.For(Keys)));
        Assert.Equal("mine", PostgresConnections.Schema(PostgresConnections.For(Keys + ";Search Path=mine,public")));
    }

    [Fact]
    public void No_password_is_shown_with_the_settings_nor_with_what_is_wrong()
    {
        var (settings, _) = SettingsReader.Read(null, [new("AMBLE_POSTGRES", Keys)], new Dictionary<string, string>());
        Assert.Equal(Keys, settings.Node(null, null).Postgres);
        Assert.Contains(settings.Lines(), line => line.Contains("Host=db", StringComparison.Ordinal) && line.Contains("***", StringComparison.Ordinal));
        Assert.DoesNotContain(settings.Lines(), line => line.Contains("hu sh", StringComparison.Ordinal));

        var (_, problems) = SettingsReader.Read(null, [], new Dictionary<string, string> { ["--postgres"] = "Password=hush;Hots=db" });
        Assert.StartsWith("--postgres: '***' is not allowed; allowed is keys and values", Assert.Single(problems).ToString());
    }

    [Fact]
    public void A_directory_and_a_database_on_one_command_line_are_one_problem()
    {
        var (_, problems) = SettingsReader.Read(null, [], new Dictionary<string, string> { ["--postgres"] = Keys, ["--data"] = "here" });
        Assert.StartsWith("--data: 'here' is not allowed; allowed is it or --postgres, not both", Assert.Single(problems).ToString());
    }

    [Fact]
    public void A_directory_on_the_command_line_outweighs_a_database_of_the_environment()
    {
        var (settings, problems) = SettingsReader.Read(null, [new("AMBLE_POSTGRES", Keys)], new Dictionary<string, string> { ["--data"] = "here" });
        Assert.Empty(problems);
        Assert.Equal((null, Path.GetFullPath("here")), (settings.Postgres, settings.Directory));
    }

    [Theory]
    [InlineData("a = ? AND b IS NULL", "a = $1 AND b IS NULL")]
    [InlineData("a = ?2 AND b = ?1", "a = $2 AND b = $1")]
    [InlineData("a = '?' AND b = ?", "a = '?' AND b = $1")]
    [InlineData("FROM visits v INDEXED BY visits_by_class JOIN pages p", "FROM visits v JOIN pages p")]
    [InlineData("FROM visits v NOT INDEXED JOIN pages p", "FROM visits v JOIN pages p")]
    public void A_common_text_is_said_as_PostgreSQL_wants_it(string common, string own) => Assert.Equal(own, PostgresText.Of(common));
}
