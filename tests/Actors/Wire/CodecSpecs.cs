using System.Text;
using Amble.Messages;
using Amble.Wire;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Amble.Actors.Specs.Wire;

/// <summary>What goes out comes back, and nothing else comes in.</summary>
[Trait("Seeds", "S-7")]
public sealed class CodecSpecs
{
    private static readonly DomainName Name = DomainName.Of("a.test", 80);

    [Fact]
    public void Whatever_a_message_says_comes_back_equal() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        foreach (var (manifest, type) in Manifests.All)
        {
            var message = Examples.Of(type, new RandomChoices(seed));
            var encoded = Codec.Encode(message);
            Assert.Equal(manifest, encoded.Manifest);
            var back = Codec.Decode(manifest, encoded.Bytes);
            Assert.Equal(type, back.GetType());
            Assert.True(Sameness.Difference(message, back) is null, $"{manifest} differs at {Sameness.Difference(message, back)}.");
            Assert.Equal(encoded.Bytes, Codec.Encode(back).Bytes);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_instant_and_a_duration_come_back_to_the_tick()
    {
        var memory = DomainMemory.Blank(Name) with
        {
            Delay = new TimeSpan(1),
            ProbeWait = TimeSpan.MaxValue,
            BlockedUntil = DateTimeOffset.MaxValue,
            LastStartAt = DateTimeOffset.UnixEpoch.AddTicks(17_777_777_777_777_777),
        };
        var saved = new WriterProtocol.SaveMemory(memory, DateTimeOffset.MinValue);
        Assert.Equal(saved, Back(saved));
    }

    [Fact]
    public void A_manifest_that_is_not_known_is_refused_with_those_that_are()
    {
        var newer = Assert.Throws<UnreadableMessageException>(() => Codec.Decode("w/close-visit/2", "{}"u8.ToArray()));
        Assert.Equal("A message 'w/close-visit/2' cannot be read: it is not known here; known is w/close-visit/1.", newer.Message);
        Assert.Contains($"known are {Manifests.All.Count} others", Assert.Throws<UnreadableMessageException>(() => Codec.Decode("what?", "{}"u8.ToArray())).Message);
    }

    [Fact]
    public void A_field_of_a_newer_version_is_passed_over() =>
        Assert.Equal(new DomainProtocol.Wake(Name), Decoded("d/wake/1", """{"domain":"a.test","urgency":{"of":[1,2]}}"""));

    [Fact]
    public void A_field_that_an_older_version_does_not_have_gets_its_default()
    {
        Assert.Equal(
            new JobProtocol.TakeUp(new JobId(1), JobState.Parked, null, Name, 3),
            Decoded("j/take-up/1", """{"job":1,"state":1,"start":"a.test","pending":3}"""));
        var unit = ((WriterProtocol.DeferUnit)Decoded("w/defer-unit/1", """
            {"unit":{"key":{"job":1,"page":2},"kind":0,"url":"http://a.test/","depth":0,"hops":0,"throttles":0,"errors":0,"dueAt":"2026-03-01T12:00:00+00:00"},
            "request":{"job":1,"kind":0,"startedAt":"2026-03-01T12:00:00+00:00","milliseconds":1,"status":200},
            "memory":{"name":"a.test","probeWait":"00:01:00","awake":false},"at":"2026-03-01T12:00:00+00:00"}
            """)).Unit;
        Assert.True(unit is { HasCopy: false, IsVisited: false, LastRefusedAt: null });
    }

    [Theory]
    [InlineData("d/wake/1", """{}""", "domain")]
    [InlineData("d/wake/1", """{"domain":null}""", "domain")]
    [InlineData("d/wake/1", """{"domain":"A.test"}""", "'A.test' is not a domain's name")]
    [InlineData("d/wake/1", """{"domain":"a.test/evil"}""", "is not a domain's name")]
    [InlineData("d/wake/1", """{"domain":"a.test:80"}""", "is not a domain's name")]
    [InlineData("d/wake/1", """{"domain":7}""", "A text is expected")]
    [InlineData("j/cancel/1", """{"job":0}""", "a whole number from 1")]
    [InlineData("j/cancel/1", """{"job":1.5}""", "a whole number from 1")]
    [InlineData("w/job-state-set/1", """{"job":1,"state":77}""", "77 is no JobState of this version")]
    [InlineData("w/links-saved/1", """{"source":{"job":1,"page":1},"part":0,"gained":[null]}""", "A null stands where none may. It stands at $.gained.")]
    [InlineData("w/units-closed/1", """{"job":1,"pages":7,"pending":0}""", "A list is expected")]
    [InlineData("w/save-links/1", """{"source":{"job":1,"page":1},"part":0,"found":[],"excluded":[["http://a.test/",1,2]],"at":"2026-03-01T12:00:00+00:00"}""", "A pair has two parts")]
    [InlineData("w/save-links/1", """{"source":{"job":1,"page":1},"part":0,"found":[],"excluded":[["http://a.test/x/../",1]],"at":"2026-03-01T12:00:00+00:00"}""", "is not canonical")]
    [InlineData("w/save-links/1", """{"source":{"job":1,"page":1},"part":0,"found":[],"excluded":[["ftp://a.test/",1]],"at":"2026-03-01T12:00:00+00:00"}""", "is not a URL that can be crawled")]
    [InlineData("w/rejected/1", """{"command":["d/wake/1",{"domain":"a.test"}],"reason":"x"}""", "has no place here")]
    [InlineData("w/rejected/1", """{"command":["w/drop-report/1",{"job":1},2],"reason":"x"}""", "is followed by something else")]
    [InlineData("w/rejected/1", """{"command":["w/drop-report/9",{"job":1}],"reason":"x"}""", "known is w/drop-report/1")]
    [InlineData("w/drop-report/1", """null""", "it is null")]
    [InlineData("w/drop-report/1", """{"job":""", "w/drop-report/1")]
    public void What_cannot_be_is_refused_with_the_reason(string manifest, string json, string reason) =>
        Assert.Contains(reason, Assert.Throws<UnreadableMessageException>(() => Decoded(manifest, json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Half_a_character_comes_back_as_the_sign_for_one_that_is_missing()
    {
        var said = new JobProtocol.GiveUp(new JobId(1), Name, "x\ud83d");
        Assert.Equal("x\ufffd", Assert.IsType<JobProtocol.GiveUp>(Back(said)).Reason);
    }

    [Fact]
    public void A_message_without_a_manifest_never_leaves() =>
        Assert.Contains("String has no manifest", Assert.Throws<ArgumentException>(() => Codec.Encode("what?")).Message);

    [Fact]
    public void A_message_over_64_KiB_fails_at_its_sender_with_its_name_and_size()
    {
        Assert.Equal(Codec.MostBytes, Codec.Encode(OfSize(Codec.MostBytes)).Bytes.Length);
        var fault = Assert.Throws<MessageTooBigException>(() => Codec.Encode(OfSize(Codec.MostBytes + 1)));
        Assert.Equal("A message 'j/give-up/1' has 65,537 bytes; allowed are 65,536, and 16,777,216 in frames.", fault.Message);
    }

    internal static JobProtocol.GiveUp OfSize(int bytes)
    {
        var empty = new JobProtocol.GiveUp(new JobId(1), Name, "");
        return empty with { Reason = new string('x', bytes - Codec.Encode(empty).Bytes.Length) };
    }

    private static object Decoded(string manifest, string json) => Codec.Decode(manifest, Encoding.UTF8.GetBytes(json));

    private static object Back(object message)
    {
        var (manifest, bytes) = Codec.Encode(message);
        return Codec.Decode(manifest, bytes);
    }
}
