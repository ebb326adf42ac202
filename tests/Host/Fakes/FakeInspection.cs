using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Host.Specs.Fakes;

/// <summary>What a running node in memory tells of itself, as the test puts it in.</summary>
internal sealed class FakeInspection : IInspection, IInspectionReads
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public List<AwakeDomain> Awake { get; } = [];
    public long MoreAwake { get; set; }
    public List<DueDomain> Due { get; } = [];
    public DomainProtocol.Details? Details { get; set; }
    public DomainProtocol.Standing? Standing { get; set; }
    public List<MetUrl> Met { get; } = [];

    /// <summary>Nobody who is asked answers.</summary>
    public bool IsSilent { get; set; }

    public WriterView Writer { get; set; } = new(
        "this process", 3, 4_096, TimeSpan.FromMilliseconds(250), 12, TimeSpan.FromMilliseconds(18), 0, 0, true, null,
        [new LaneView(WriterProtocol.Priority.Interactive, 0, 2, 2), new LaneView(WriterProtocol.Priority.Bulk, 3, 400, 11), new LaneView(WriterProtocol.Priority.Maintenance, 0, 0, 0)]);

    public DateTimeOffset Now => Noon;

    public static DomainProtocol.Status Status(string domain, string doing = DomainProtocol.Status.WaitingForPace) => new(
        DomainName.Of(domain, 80), doing, TimeSpan.FromSeconds(2), 1, 0, 0, 1, Noon.AddSeconds(1.5), null, null, null);

    public Task<AwakeDomains> ReadAwakeAsync(int limit, CancellationToken stop) => Task.FromResult(new AwakeDomains([.. Awake.Take(limit)], MoreAwake));

    public Task<DomainProtocol.Details?> ReadDetailsAsync(DomainName domain, CancellationToken stop) => Told(Details);

    public Task<DomainProtocol.Standing?> ReadStandingAsync(DomainName domain, UnitKey unit, CancellationToken stop) => Told(Standing);

    public Task<WriterView> ReadWriterAsync(CancellationToken stop) => Told(Writer);

    public Task<IReadOnlyList<ShardView>> ReadShardsAsync(CancellationToken stop) =>
        Told<IReadOnlyList<ShardView>>([new ShardView("1", "10.0.0.1:4053", 7), new ShardView("2", "10.0.0.2:4053", 0)]);

    public IReadOnlyList<DueDomain> ReadDueDomains(DateTimeOffset now, int limit) => [.. Due.Take(limit + 1)];

    public IReadOnlyList<MetUrl> ReadMet(PageUrl url, int limit) => [.. Met.Take(limit)];

    private Task<T> Told<T>(T answer) => IsSilent ? Task.FromException<T>(new TimeoutException("Nobody answers.")) : Task.FromResult(answer);
}
