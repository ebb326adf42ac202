using Amble.App.Settings;
using Amble.Host.Specs.Fakes;
using Xunit;

namespace Amble.Host.Specs.Settings;

public sealed class TokenFileSpecs : IDisposable
{
    private readonly Door _door = new();

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task A_token_is_told_once_and_only_its_hash_is_kept_for_this_user_alone()
    {
        Assert.Equal(0, await _door.RunAsync("token", "--data", _door.Data));

        var token = _door.Out.Trim();
        var file = Path.Combine(_door.Data, "token.sha256");
        Assert.True(new TokenFile(_door.Data).Accepts(token));
        Assert.DoesNotContain(token, await File.ReadAllTextAsync(file));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public void A_new_token_replaces_the_one_before()
    {
        Assert.True(DataDirectory.TryPrepare(_door.Data, out _));
        var tokens = new TokenFile(_door.Data);
        var first = tokens.Renew();
        var second = tokens.Renew();

        Assert.NotEqual(first, second);
        Assert.False(tokens.Accepts(first));
        Assert.True(tokens.Accepts(second));
    }

    [Fact]
    public void A_token_whose_hash_is_set_opens_beside_the_one_that_is_kept()
    {
        const string HashOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        Assert.True(DataDirectory.TryPrepare(_door.Data, out _));
        var tokens = new TokenFile(_door.Data, Door.Settings(("AMBLE_TOKEN_SHA256", HashOfAbc.ToUpperInvariant())).TokenHash);
        Assert.True(tokens.Exists);
        Assert.True(tokens.Accepts("abc"));
        Assert.False(tokens.Accepts("abcd"));
        Assert.True(tokens.Accepts(tokens.Renew()));
        Assert.False(new TokenFile(_door.Data, Door.Settings().TokenHash).Accepts("abc"));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("za7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void A_hash_that_is_none_is_refused(string hash) =>
        Assert.Equal("AMBLE_TOKEN_SHA256", Assert.Single(SettingsReader.Read(null, [KeyValuePair.Create("AMBLE_TOKEN_SHA256", hash)], new Dictionary<string, string>()).Problems).Where);

    [Theory]
    [InlineData("")]
    [InlineData("not hex")]
    public void A_damaged_file_opens_nothing(string content)
    {
        Assert.True(DataDirectory.TryPrepare(_door.Data, out _));
        File.WriteAllText(Path.Combine(_door.Data, "token.sha256"), content);

        Assert.False(new TokenFile(_door.Data).Accepts(""));
    }
}
