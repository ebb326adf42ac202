using Amble.Messages;
using static Amble.Messages.WriterProtocol;

namespace Amble.Behaviours.Writing;

/// <summary>How big a command is: what it holds of the intake's room, and how many rows it means.</summary>
public static class CommandSize
{
    private const int Record = 512;

    /// <summary>Roughly the memory that a waiting command holds, in bytes.</summary>
    public static long Bytes(ICommand command) => command switch
    {
        SaveLinks links => Record + links.Found.Sum(found => Text(found.Url) + Text(found.Anchor)) + links.Excluded.Sum(one => Text(one.Url)),
        CloseVisit { Visit: var visit } => Record + Text(visit.Title) + Text(visit.Error) + Text(visit.Facts.Description) + Text(visit.Details?.Headers) + (visit.Details?.Outlinks.Length ?? 0),
        CloseUnits close => Record + 8L * close.Pages.Count,
        EndUnits end => Record + 8L * end.Pages.Count,
        ReopenUnits open => Record + 8L * open.Pages.Count,
        SaveReport { Part: var part } => Record + part.Pages.Sum(row => Row(row.Page)) + part.Sources.Sum(row => 32 + Text(row.Source.Page) + Text(row.Source.Anchor)) + 12L * part.Inlinks.Count,
        SaveCard card => Record + card.Png.Length,
        NameCards name => Record + name.Marks.Sum(mark => 128 + Text(mark.Error)),
        SaveRobots robots => Record + Text(robots.Robots?.Body),
        SaveHits save => Record + save.Hits.Sum(hit => 128 + Text(hit.Path) + Text(hit.Client)) + 64L * save.Gaps.Count,
        _ => Record,
    };

    /// <summary>Rows that the command may touch, at least 1.</summary>
    public static int Weight(ICommand command) => command switch
    {
        SaveLinks links => 1 + links.Found.Count + links.Excluded.Count,
        CloseUnits close => 1 + close.Pages.Count,
        EndUnits end => 1 + 5 * end.Pages.Count,
        ReopenUnits open => 1 + 6 * open.Pages.Count,
        SaveReport save => 1 + save.Part.Rows,
        DropReport => ReportPart.MostRows,
        RetentionProtocol.PurgeVisits purge => 1 + purge.Rows,
        RetentionProtocol.EmptyJob empty => 1 + empty.Rows,
        RetentionProtocol.PurgeFormer purge => 1 + purge.Rows,
        SaveHits save => 1 + save.Hits.Count + save.Gaps.Count,
        // What a picture costs is its bytes: by these, a turn's time is a cap on them.
        SaveCard card => 1 + card.Png.Length / 1024,
        NameCards name => 1 + 4 * name.Marks.Count,
        DropCards => MostDropped,
        _ => 1,
    };

    private static long Row(ReportPage page) => 128 + Text(page.Url) + Text(page.Title) + Text(page.Error) + page.Chain.Sum(hop => Text(hop.Url));

    private static long Text(string? text) => 2L * (text?.Length ?? 0);

    private static long Text(PageUrl url) => 64 + 2L * url.Text.Length;
}
