using Amble.App.Http;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Host.Specs.Live;

/// <summary>Visits of one job as the store keeps them: a number is one more than the highest there is, so a retry lets numbers come again.</summary>
internal sealed class WatchedStore
{
    public const int MostRows = 12;
    public const int MostVisits = 4;

    private readonly List<(LiveVisit Visit, bool IsNotable)> _rows = [];
    private long _stamp;

    public IEnumerable<LiveVisit> Notable => _rows.Where(row => row.IsNotable).Select(row => row.Visit);

    public VisitMark Head => _rows.Count == 0 ? default : _rows[^1].Visit.Mark;

    public void Commit(bool isNotable)
    {
        var mark = new VisitMark(Head.Number + 1, ++_stamp);
        _rows.Add((Sights.Visit(mark.Number) with { Mark = mark }, isNotable));
    }

    public void Retry() => _rows.RemoveAll(row => row.IsNotable);

    public Task<(LiveRead Read, JobSummary Sums)?> LookAsync(JobId job, IReadOnlyList<VisitMark> marks, CancellationToken stop)
    {
        var lowest = marks.Count == 0 ? Head.Number : marks.Min(mark => mark.Number);
        var from = Math.Max(Math.Min(lowest, Head.Number), Head.Number - MostRows);
        var visits = Notable.Where(visit => visit.Mark.Number > from).ToList();
        if (visits.Count > MostVisits)
        {
            from = visits[^(MostVisits + 1)].Mark.Number;
            visits = [.. visits.TakeLast(MostVisits)];
        }
        var intact = marks.Select(mark => mark.Number == 0 || _rows.Exists(row => row.Visit.Mark == mark)).ToList();
        return Task.FromResult<(LiveRead, JobSummary)?>((new LiveRead(Sights.Job(), Head, from, intact, visits), Sights.Sums(broken: Notable.Count())));
    }
}
