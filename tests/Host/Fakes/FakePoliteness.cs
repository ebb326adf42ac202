using Amble.Behaviours.Politeness;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Host.Specs.Fakes;

/// <summary>How sites were asked, as the test says: the same for every job, read as often as is counted.</summary>
internal sealed class FakePoliteness : IPolitenessReads
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public List<DomainPoliteness> Domains { get; } = [];
    public PolitenessOrigin Origin { get; set; } = PolitenessOrigin.Report;

    /// <summary>What the job sent in all; null when the domains account for it.</summary>
    public long? Requests { get; set; }

    public int Reads { get; private set; }

    /// <summary>A read waits for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>A domain that was asked at these seconds and answered with these statuses, each within 40 ms.</summary>
    public static DomainPoliteness Asked(string host, params (double Seconds, int Status)[] requests)
    {
        var tally = new PolitenessTally();
        foreach (var (seconds, status) in requests) tally.Add(new SentRequest(_noon.AddSeconds(seconds), 40, status, RequestKind.Page));
        return tally.Sum(DomainName.Of(host, 80), _noon.AddMinutes(-5))!;
    }

    public PolitenessRead ReadPoliteness(JobId job, CancellationToken stop)
    {
        Reads++;
        Gate.Wait(stop);
        return new PolitenessRead(Origin, Domains, Requests ?? Domains.Sum(domain => domain.Requests));
    }

    public DomainPoliteness? ReadPoliteness(DomainName domain, DateTimeOffset since, CancellationToken stop) => Domains.Find(one => one.Domain == domain);
}
