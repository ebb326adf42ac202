using Amble.Messages;
using Amble.Wire;
using Amble.Wire.Framing;
using Xunit;

namespace Amble.Actors.Specs.Wire;

/// <summary>What is too big for one wire message travels in frames.</summary>
[Trait("Seeds", "S-7")]
public sealed class FrameSpecs
{
    private readonly FrameCutter _cutter = new("a/1");
    private readonly FrameJoin _join = new();

    [Fact]
    public void What_fits_goes_as_it_is()
    {
        var fits = CodecSpecs.OfSize(Codec.MostBytes);
        Assert.Same(fits, Assert.Single(_cutter.Cut(fits)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(FrameCutter.MostBytes)]
    [InlineData(FrameCutter.MostBytes + 1)]
    [InlineData(2_000_000)]
    [InlineData((16 << 20) - Codec.MostBytes)]
    public void What_does_not_fit_is_cut_and_joined_again(int more)
    {
        var big = CodecSpecs.OfSize(Codec.MostBytes + more);
        var frames = Cut(big);
        Assert.All(frames, frame => Assert.True(Codec.Encode(frame).Bytes.Length <= 62 << 10));
        Assert.All(frames.SkipLast(1), frame => Assert.Null(_join.Add(Sent(frame))));
        Assert.Equal(big, _join.Add(Sent(frames[^1])));
        Assert.Equal((0, 0L, 0L), (_join.Count, _join.Held, _join.GivenUp));
    }

    [Fact]
    public void A_message_with_a_frame_missing_twice_or_out_of_order_is_given_up_and_the_next_one_is_not()
    {
        var big = CodecSpecs.OfSize(200_000);
        foreach (var order in new int[][] { [0, 2, 3, 4], [0, 1, 1, 2, 3, 4], [1, 0, 2, 3, 4], [0, 1, 0, 3, 4] })
        {
            var frames = Cut(big);
            Assert.Equal(5, frames.Count);
            Assert.All(order, part => Assert.Null(_join.Add(frames[part])));
            Assert.Equal(0, _join.Held);
            Assert.Equal(big, Joined(_join, Cut(big)));
        }
        Assert.Equal(5, _join.GivenUp);
    }

    [Fact]
    public void A_sender_has_one_message_in_the_making()
    {
        var (one, other) = (Cut(CodecSpecs.OfSize(150_000)), Cut(CodecSpecs.OfSize(150_001)));
        _join.Add(one[0]);
        _join.Add(other[0]);
        Assert.Equal((1, (long)FrameCutter.MostBytes, 1L), (_join.Count, _join.Held, _join.GivenUp));
        Assert.Null(_join.Add(one[1]));
        Assert.Equal(0, _join.Count);
    }

    [Fact]
    public void Senders_do_not_disturb_each_other()
    {
        var (here, there) = (CodecSpecs.OfSize(100_000), CodecSpecs.OfSize(100_001));
        var pairs = Cut(here).Zip(new FrameCutter("b/1").Cut(there).Cast<Frame>()).ToList();
        object? one = null, other = null;
        foreach (var (mine, theirs) in pairs) (one, other) = (_join.Add(mine), _join.Add(theirs));
        Assert.Equal((here, there), ((JobProtocol.GiveUp)one!, (JobProtocol.GiveUp)other!));
    }

    [Theory]
    [InlineData(0, 1, FrameCutter.MostBytes)]
    [InlineData(-1, 3, FrameCutter.MostBytes)]
    [InlineData(3, 3, 1)]
    [InlineData(0, 3, FrameCutter.MostBytes - 1)]
    [InlineData(0, 3, FrameCutter.MostBytes + 1)]
    [InlineData(2, 3, 0)]
    [InlineData(0, int.MaxValue, FrameCutter.MostBytes)]
    public void A_frame_that_cannot_be_is_refused(int part, int of, int bytes)
    {
        Assert.Null(_join.Add(new Frame("a/1", 1, part, of, "j/give-up/1", new byte[bytes])));
        Assert.Equal((0, 0L, 1L), (_join.Count, _join.Held, _join.GivenUp));
    }

    [Fact]
    public void Whatever_begins_and_never_ends_what_is_held_is_bounded()
    {
        var join = new FrameJoin(mostHeld: 2 << 20);
        for (var sender = 0; sender < 200; sender++)
        {
            var frames = new FrameCutter($"node/{sender}").Cut(CodecSpecs.OfSize(200_000)).Cast<Frame>().ToList();
            foreach (var frame in frames.SkipLast(1))
            {
                join.Add(frame);
                Assert.InRange(join.Held, 0, 2 << 20);
            }
        }
        Assert.True(join.GivenUp > 180);
        Assert.NotNull(Joined(join, new FrameCutter("late").Cut(CodecSpecs.OfSize(1_000_000)).Cast<Frame>()));
        var held = join.Count;
        join.Forget("node/199");
        Assert.Equal(held - 1, join.Count);
    }

    [Fact]
    public void A_message_that_nobody_would_join_fails_at_its_sender() =>
        Assert.Contains("'j/give-up/1' has 16,777,217 bytes", Assert.Throws<MessageTooBigException>(() => _cutter.Cut(CodecSpecs.OfSize((16 << 20) + 1))).Message);

    [Fact]
    public void Frames_that_hold_no_message_are_refused_as_the_message_would_be()
    {
        var frames = Cut(CodecSpecs.OfSize(100_000)).Select(frame => frame with { Manifest = "j/give-up/9" }).ToList();
        foreach (var frame in frames.SkipLast(1)) _join.Add(frame);
        Assert.Throws<UnreadableMessageException>(() => _join.Add(frames[^1]));
        Assert.Equal(0, _join.Held);
    }

    private List<Frame> Cut(object message) => [.. _cutter.Cut(message).Cast<Frame>()];

    private static object? Joined(FrameJoin join, IEnumerable<Frame> frames)
    {
        object? whole = null;
        foreach (var frame in frames) whole = join.Add(frame);
        return whole;
    }

    private static Frame Sent(Frame frame)
    {
        var (manifest, bytes) = Codec.Encode(frame);
        return (Frame)Codec.Decode(manifest, bytes);
    }
}
