using Amble.App.Http;
using Amble.App.Live;
using Amble.Behaviours.Ports;
using Amble.Host.Specs.Fakes;
using Amble.Messages;

namespace Amble.Host.Specs.Live;

/// <summary>Looks and views by short words: visit number n began at the millisecond 1000 + n.</summary>
internal static class Sights
{
    public static VisitMark Mark(long number) => new(number, 1000 + number);

    public static LiveVisit Visit(long number) => new(
        Mark(number), new PageId(number), PageUrl.FromStored($"https://example.org/{number}"), StatusClass.Broken, 404, null, PageUrl.FromStored("https://example.org/"));

    public static JobView Job(JobState state = JobState.Running, long broken = 0) =>
        new FakeNode().Add("https://example.org/", state, FakeNode.Counts(ok: 1, broken: broken));

    public static JobSummary Sums(JobState state = JobState.Running, long broken = 0) => JobSummary.Of(Job(state, broken), null);

    public static LiveRead Read(long head, long from, bool[] intact, params long[] visits) => new(Job(), Mark(head), from, intact, [.. visits.Select(Visit)]);

    public static LiveView View(long head, long from, params long[] visits) => new(1, from, Mark(head), [.. visits.Select(Visit)], Sums(), 1);

    /// <summary>As in: <c>gap 1-5, visit 6, progress, end</c>.</summary>
    public static string Words(IEnumerable<LiveEvent> events) => string.Join(", ", events.Select(what => what switch
    {
        LiveEvent.Gap gap => $"gap {gap.First}-{gap.Last}",
        LiveEvent.Visit visit => $"visit {visit.What.Mark.Number}",
        LiveEvent.Progress => "progress",
        _ => "end",
    }));
}
