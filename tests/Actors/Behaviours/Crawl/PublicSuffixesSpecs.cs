using Amble.Actors.Specs.Corpora;
using Amble.Behaviours.Crawl;
using Amble.Messages;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Actors.Specs.Behaviours.Crawl;

public class PublicSuffixesSpecs(ITestOutputHelper output)
{
    [Fact]
    public void The_whole_list_is_known() => Assert.Equal(9_776, PublicSuffixes.Count);

    [Fact]
    public void Every_expectation_of_the_list_s_own_tests_is_met()
    {
        if (Corpus.Find("publicsuffix/tests.txt", output) is not { } file)
            return;
        var cases = File.ReadAllLines(file).Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)).Select(line => line.Split(' ')).ToArray();
        Assert.Equal(78, cases.Length);
        var wrong = cases.Where(c => Registered(c[0]) != (c[1] == "null" ? null : Canonical(c[1]))).Select(c => $"{c[0]} {c[1]}: {Registered(c[0])}");
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("www.example.org.", "example.org.")]
    [InlineData("a.b.github.io", "b.github.io")]
    [InlineData("github.io", null)]
    [InlineData("127.0.0.1", null)]
    [InlineData("[::1]", null)]
    [InlineData("localhost", null)]
    [InlineData("localhost.", null)]
    [InlineData("a.localhost", "a.localhost")]
    [InlineData("x.y.s3.dualstack.eu-west-1.amazonaws.com", "y.s3.dualstack.eu-west-1.amazonaws.com")]
    [InlineData("b\u00fccher.xn--p1ai", "xn--bcher-kva.xn--p1ai")]
    public void Private_suffixes_addresses_and_names_of_one_label_count_as_in_browsers(string host, string? registered) => Assert.Equal(registered, Registered(host));

    private static string? Registered(string written) =>
        Canonical(written) is { } host && PublicSuffixes.RegistrableDomain(host) is { IsEmpty: false } registered ? registered.ToString() : null;

    private static string? Canonical(string host) => PageUrl.TryParse($"http://{host}/", out var url, out _) ? url.Host : null;
}
