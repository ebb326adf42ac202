namespace Amble.App.Live;

/// <summary>Where a watcher stands: what it was told last.</summary>
/// <param name="Line">Of the view that it was told.</param>
/// <param name="Told">The number up to which it was told all there was to look at.</param>
/// <param name="Change">Of the sums that it was told.</param>
public readonly record struct Standing(int Line, long Told, int Change)
{
    /// <summary>It stands where nobody knows any more.</summary>
    public static Standing Lost => default;

    /// <summary>It has come to watch from now on.</summary>
    public static Standing Now(LiveView view) => new(view.Line, view.Head.Number, 0);
}

// What a watcher is told, given a view of the job and where the watcher stands:
// a gap where the view does not reach back to it, the visits beyond it, the sums if they have changed or it has moved, and the end.
// A slow watcher is told from the newest view, whatever came between: nothing waits for it.
public static class TellRule
{
    public static (IReadOnlyList<LiveEvent> Events, Standing Next) Tell(LiveView view, Standing at)
    {
        var events = new List<LiveEvent>();
        var isKnown = at.Line == view.Line;
        if (!isKnown) events.Add(new LiveEvent.Gap(null, null));
        else if (at.Told < view.From) events.Add(new LiveEvent.Gap(at.Told + 1, view.From));

        events.AddRange(view.Visits.Where(visit => !isKnown || visit.Mark.Number > at.Told).Select(visit => new LiveEvent.Visit(visit)));
        if (events.Count > 0 || at.Change != view.Change) events.Add(new LiveEvent.Progress(view.Head, view.Sums));
        if (view.Sums.HasEnded) events.Add(new LiveEvent.End(view.Head, view.Sums));
        return (events, new Standing(view.Line, view.Head.Number, view.Change));
    }
}
