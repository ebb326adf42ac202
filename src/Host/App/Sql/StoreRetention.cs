using Amble.App.Sql.Periods;
using Amble.App.Sql.Reading;
using Amble.App.Sql.Writing;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Sql;

/// <summary>A store as retention sees it: beside the writer, in its process.</summary>
/// <param name="isSettling">See <see cref="IsSettling"/>.</param>
internal sealed class StoreRetention(ReadPool pool, PeriodStore periods, StoredCounts counts, Func<bool> isSettling) : IRetentionStore
{
    public long Visits => counts.Visits;

    public long Details => counts.Details;

    public bool IsSettling => isSettling();

    public RetentionRead ReadRetention(JobId from, DateTimeOffset createdBefore) =>
        pool.Read(database => RetentionReads.Read(database, period => periods.SizeOf(database, period), from, createdBefore));

    public bool HasOrders(JobId job) => pool.Read(database => database[JobLeavings.HasOrders].Bind(job.Value).Single() is not null);

    public bool TryRemove(string family, long number) =>
        PeriodFamily.All.FirstOrDefault(known => known.Name == family) is not { } of || periods.TryRemove(new Period(of, number));

    public bool TryRemoveUnnamed(DateTimeOffset endedBefore)
    {
        var unnamed = pool.Read(periods.ReadUnnamed).Where(period => periods.EndOf(period) <= endedBefore).ToList();
        return unnamed.Count == 0 || periods.TryRemove(unnamed[0]) && unnamed.Count == 1;
    }

    public bool TryMakeAhead(DateTimeOffset now) => periods.TryMakeAhead(now);
}
