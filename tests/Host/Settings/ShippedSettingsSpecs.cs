using Amble.App.Settings;
using Xunit;

namespace Amble.Host.Specs.Settings;

public sealed class ShippedSettingsSpecs
{
    [Fact]
    public void The_file_beside_the_program_names_every_setting_with_its_default()
    {
        var (shipped, problems) = SettingsReader.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "appsettings.json")), [], new Dictionary<string, string>());
        var (usual, _) = SettingsReader.Read(null, [], new Dictionary<string, string>());

        Assert.Empty(problems);
        Assert.Equal(
            usual.Lines().Select(line => line.Replace(" default", " appsettings.json", StringComparison.Ordinal)).Order(),
            shipped.Lines().Select(line => line).Order());
    }
}
