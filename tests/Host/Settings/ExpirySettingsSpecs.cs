using Amble.App;
using Amble.Behaviours.Retention;
using Xunit;

namespace Amble.Host.Specs.Settings;

/// <summary>What a setting left as it is means on each engine.</summary>
public sealed class ExpirySettingsSpecs
{
    [Theory, Trait("Seeds", "R-2")]
    [InlineData(500, false, 500)]
    [InlineData(500, true, 100)]
    [InlineData(700, true, 700)]
    public void The_first_slice_of_a_purge_is_smaller_on_PostgreSQL_unless_it_is_set(int set, bool isPostgres, int rows) =>
        Assert.Equal(rows, Wiring.ExpiryOf(RetentionSettings.Default with { FirstSliceRows = set }, isPostgres).FirstSliceRows);
}
