using Amble.Messages;

namespace Amble.Actors.Specs.Behaviours.Writing;

/// <summary>Commands of every priority, as small as they can be.</summary>
internal static class WriterCommands
{
    public static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddYears(56);

    public static WriterProtocol.ICommand Interactive(int id = 1) =>
        new WriterProtocol.SetJobState(new JobId(id), JobState.Running, null, null, Start);

    public static WriterProtocol.ICommand Bulk(int id = 1) => new WriterProtocol.CloseUnits(new JobId(id), [], null, Start);

    public static WriterProtocol.ICommand Links(int count) =>
        new WriterProtocol.SaveLinks(
            new UnitKey(new JobId(1), new PageId(1)), 0,
            [.. Enumerable.Range(0, count).Select(i => new FoundUrl(PageUrl.FromStored($"http://a.test/{i}"), 1, 0, "a link"))], [], Start);

    public sealed record Slice(int Id) : WriterProtocol.ICommand
    {
        public WriterProtocol.Priority Priority => WriterProtocol.Priority.Maintenance;
    }
}
