using System.Globalization;
using Amble.Behaviours.Crawl;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Actors.Specs.Behaviours.Crawl;

/// <summary>
/// The load test of the incident on modelled domains: 10,000 tasks, budgets 1 to 20 a second, bursts 1 to 20, every third tells by
/// Retry-After for how long. What the whole runtime makes of it stands in the simulation, and against real processes in the long tests.
/// </summary>
[Trait("Seeds", "P-8")]
public sealed class LoadTestSpecs(ITestOutputHelper output)
{
    private const int Tasks = 10_000;
    private static readonly PaceSettings OldPace = PaceSettings.Default with { Settles = false, Floor = TimeSpan.Zero, WarmUp = TimeSpan.Zero };
    private static readonly RetrySettings OldRetry = RetrySettings.Default with { ThrottleRetries = 3, ErrorRetries = 3, ChargesEveryRefusal = true };

    [Theory]
    [InlineData(10, new double[0], 1)]
    [InlineData(10, new[] { 1.0, 60 }, 1)]
    [InlineData(10, new[] { 1.0, 60, 600 }, 1)]
    [InlineData(100, new double[0], 1)]
    // Ten minutes that nobody announced cost a domain a dozen refusals, one a minute, however few tasks it has.
    [InlineData(10, new[] { 600.0 }, 1.3)]
    [InlineData(100, new[] { 1.0, 60, 600 }, 6.5)]
    public void No_task_fails_hard_and_few_requests_are_refused_where_the_old_policy_is_refused_many_times_as_often(int domains, double[] spans, double mostRefused)
    {
        var ours = Run(domains, spans, PaceSettings.Default, RetrySettings.Default);
        var old = Run(domains, spans, OldPace, OldRetry);
        var refusing = spans.Length == 0 ? "no spans" : $"refusal spans of {string.Join(", ", spans)} s";
        output.WriteLine($"told: load test, {domains} modelled domains, {refusing}: {ours}; old policy {old}");

        Assert.Equal(0, ours.Failed);
        Assert.InRange(ours.RefusedShare * 100, 0, mostRefused);
        Assert.True(old.RefusedShare > 3 * ours.RefusedShare, "The old policy is not the one that failed.");
    }

    private static Sum Run(int domains, double[] spans, PaceSettings pace, RetrySettings retry)
    {
        var (failed, refused, requests) = (0, 0, 0);
        for (var number = 0; number < domains; number++)
        {
            var site = new SiteModel(1 + 19.0 * number / (domains - 1), 1 + number * 7 % 20, number % 3 == 0)
            {
                Refuses = spans.Length == 0 ? [] : [(20 + number % 10, spans[number % spans.Length])],
            };
            var run = new DomainModel(site, pace, seed: number, jitter: true, retry).Run(Tasks / domains);
            (failed, refused, requests) = (failed + run.HardFailed, refused + run.Refusals, requests + run.Requests);
        }
        return new Sum(failed, refused / (double)requests);
    }

    private sealed record Sum(int Failed, double RefusedShare)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Failed} of {Tasks} hard-failed, {RefusedShare * 100:0.00} % refused");
    }
}
