using Xunit;
using Xunit.Sdk;

namespace Amble.Host.Specs.Export;

/// <summary>The judges themselves: what is wrong does not pass.</summary>
public sealed class PublishedSchemasSpecs
{
    [Theory]
    [InlineData("""{"version": "2.1.0"}""")]
    [InlineData("""{"version": "2.0.0", "runs": []}""")]
    [InlineData("""{"version": "2.1.0", "runs": [{"tool": {"driver": {}}}]}""")]
    [InlineData("""{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "Amble"}}, "results": [{"message": {"text": "x"}, "level": "bad"}]}]}""")]
    [InlineData("""{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "Amble"}}, "results": [{"message": {"text": "x"}, "where": "here"}]}]}""")]
    public async Task What_is_no_SARIF_does_not_pass(string text) => await Assert.ThrowsAsync<EmptyException>(() => PublishedSchemas.CheckSarifAsync(text));

    [Fact]
    public async Task What_is_SARIF_passes() =>
        await PublishedSchemas.CheckSarifAsync("""{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "Amble"}}, "results": [{"message": {"text": "x"}}]}]}""");

    [Theory]
    [InlineData("<testsuites><testcase name='a'/></testsuites>")]
    [InlineData("<testsuites><testsuite name='a'/></testsuites>")]
    [InlineData("<testsuites><testsuite name='a' tests='1'><testcase name='b'><failure/><skipped/></testcase></testsuite></testsuites>")]
    [InlineData("<testsuites><testsuite name='a' tests='1'><testcase name='b' url='c'/></testsuite></testsuites>")]
    public void What_is_no_JUnit_does_not_pass(string text) => Assert.Throws<EmptyException>(() => PublishedSchemas.CheckJunit(text));
}
