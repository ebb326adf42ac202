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
