using Amble.App.Http;
using Amble.Host.Specs.Sql;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.AccessLog;

/// <summary>What a stop could not store is noted for the next start.</summary>
public sealed class LeftHitsSpecs : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly HitsLeft Left = new(new Guid(1, 2, 3, new byte[8]), 7, [new HitGap(Noon, Noon.AddSeconds(5), GapReason.Deadline, 12)], [new HitGap(Noon, Noon, GapReason.Full, 3)]);

    private readonly TemporaryDirectory _directory = new();
    private readonly List<string> _told = [];

    public void Dispose() => _directory.Dispose();

    [Fact, Trait("Seeds", "A-6")]
    public void A_note_comes_back_as_it_was_written_and_goes_once_nothing_is_left()
    {
        LeftHits.Write(_directory.Path, [Left], _told.Add);
        var read = Assert.Single(LeftHits.Read(_directory.Path, _told.Add));
        Assert.Equal((Left.Life, Left.Sequence), (read.Life, read.Sequence));
        Assert.Equal(Left.InHand, read.InHand);
        Assert.Equal(Left.Beyond, read.Beyond);
        LeftHits.Write(_directory.Path, [], _told.Add);
        Assert.Empty(LeftHits.Read(_directory.Path, _told.Add));
        Assert.Empty(_told);
    }

    [Fact]
    public void A_note_that_cannot_be_read_is_told_and_left_out()
    {
        File.WriteAllText(Path.Combine(_directory.Path, "access-log-left.json"), "what?");
        Assert.Empty(LeftHits.Read(_directory.Path, _told.Add));
        Assert.Contains("cannot be read", Assert.Single(_told), StringComparison.Ordinal);
    }
}
