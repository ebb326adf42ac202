using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Local;

/// <summary>Looks into the one process: its domains are asked as anybody would, and are given up when they do not answer in time.</summary>
internal sealed class LocalInspection(World world, LocalWriter writer, IScheduler scheduler) : IInspection
{
    private const string Here = "this process";

    public DateTimeOffset Now => scheduler.Now;

    public async Task<AwakeDomains> ReadAwakeAsync(int limit, CancellationToken stop)
    {
        var (names, more) = world.Awake(limit);
        var asked = await Task.WhenAll(names.Select(name => StatusAsync(name, stop))).ConfigureAwait(false);
        return new AwakeDomains([.. asked.OfType<AwakeDomain>()], more);
    }

    public async Task<DomainProtocol.Details?> ReadDetailsAsync(DomainName domain, CancellationToken stop) =>
        await AskAsync<DomainProtocol.Details>(new DomainProtocol.GetDetails(domain), stop).ConfigureAwait(false) is { Status.IsAsleep: false } details ? details : null;

    public async Task<DomainProtocol.Standing?> ReadStandingAsync(DomainName domain, UnitKey unit, CancellationToken stop) =>
        await AskAsync<DomainProtocol.Standing>(new DomainProtocol.GetStanding(domain, unit), stop).ConfigureAwait(false) is { Status.IsAsleep: false } standing ? standing : null;

    public Task<WriterView> ReadWriterAsync(CancellationToken stop) => Task.FromResult(writer.View(Here));

    public Task<IReadOnlyList<ShardView>> ReadShardsAsync(CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<ShardView>>([new ShardView("all", Here, world.DomainsAwake)]);

    /// <summary>Null when it fell asleep meanwhile.</summary>
    private async Task<AwakeDomain?> StatusAsync(DomainName name, CancellationToken stop)
    {
        try
        {
            var status = await AskAsync<DomainProtocol.Status>(new DomainProtocol.GetStatus(name), stop).ConfigureAwait(false);
            return status is null ? null : new AwakeDomain(name, status);
        }
        catch (TimeoutException)
        {
            return new AwakeDomain(name, null);
        }
    }

    private async Task<T?> AskAsync<T>(DomainProtocol.IQuery query, CancellationToken stop) where T : class, DomainProtocol.IReply
    {
        var answer = new TaskCompletionSource<T?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!world.TryAsk(query.Domain, new Asked(query, told => answer.TrySetResult((T?)told)))) return null;
        // It may be waiting for a disk that does not answer, or end in a crash before it comes to this question.
        using var alarm = scheduler.RunAt(scheduler.Now + IInspection.Deadline, () => answer.TrySetException(new TimeoutException($"{query.Domain} does not answer.")));
        return await answer.Task.WaitAsync(stop).ConfigureAwait(false);
    }
}
