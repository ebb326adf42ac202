using System.Collections.Frozen;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Amble.Wire.Framing;
using Amble.Wire.Journal;
using Amble.Wire.Link;

namespace Amble.Wire;

/// <summary>
/// The frozen name of every message that leaves a process (S-7): who it is for, what it is, which version. A name is never given anew, and
/// a version never changes its meaning: what must change becomes the next version beside the old one, which stays readable for as long as
/// a journal or a node of an older release may hold it.
/// <para>Within a version a parameter with a default, or one that may be null, can be added: older nodes pass it over, newer ones do without.
/// A new name of an enum needs a new version: an older node would refuse it.</para>
/// </summary>
public static class Manifests
{
    private static readonly (string Manifest, Type Type)[] Table =
    [
        ("w/create-job/1", typeof(WriterProtocol.CreateJob)),
        ("w/set-job-state/1", typeof(WriterProtocol.SetJobState)),
        ("w/begin-end/1", typeof(WriterProtocol.BeginEnd)),
        ("w/end-units/1", typeof(WriterProtocol.EndUnits)),
        ("w/save-report/1", typeof(WriterProtocol.SaveReport)),
        ("w/end-job/1", typeof(WriterProtocol.EndJob)),
        ("w/reopen-units/1", typeof(WriterProtocol.ReopenUnits)),
        ("w/drop-report/1", typeof(WriterProtocol.DropReport)),
        ("w/end-retry/1", typeof(WriterProtocol.EndRetry)),
        ("w/save-links/1", typeof(WriterProtocol.SaveLinks)),
        ("w/close-visit/1", typeof(WriterProtocol.CloseVisit)),
        ("w/close-warm/1", typeof(WriterProtocol.CloseWarm)),
        ("w/close-units/1", typeof(WriterProtocol.CloseUnits)),
        ("w/close-sitemap/1", typeof(WriterProtocol.CloseSitemap)),
        ("w/defer-unit/1", typeof(WriterProtocol.DeferUnit)),
        ("w/save-robots/1", typeof(WriterProtocol.SaveRobots)),
        ("w/save-memory/1", typeof(WriterProtocol.SaveMemory)),
        ("w/save-hits/1", typeof(WriterProtocol.SaveHits)),
        ("w/save-card/1", typeof(WriterProtocol.SaveCard)),
        ("w/name-cards/1", typeof(WriterProtocol.NameCards)),
        ("w/set-cards-left/1", typeof(WriterProtocol.SetCardsLeft)),
        ("w/drop-cards/1", typeof(WriterProtocol.DropCards)),
        ("w/job-created/1", typeof(WriterProtocol.JobCreated)),
        ("w/job-state-set/1", typeof(WriterProtocol.JobStateSet)),
        ("w/end-begun/1", typeof(WriterProtocol.EndBegun)),
        ("w/units-ended/1", typeof(WriterProtocol.UnitsEnded)),
        ("w/report-saved/1", typeof(WriterProtocol.ReportSaved)),
        ("w/job-ended/1", typeof(WriterProtocol.JobEnded)),
        ("w/units-reopened/1", typeof(WriterProtocol.UnitsReopened)),
        ("w/report-dropped/1", typeof(WriterProtocol.ReportDropped)),
        ("w/job-retried/1", typeof(WriterProtocol.JobRetried)),
        ("w/links-saved/1", typeof(WriterProtocol.LinksSaved)),
        ("w/unit-closed/1", typeof(WriterProtocol.UnitClosed)),
        ("w/units-closed/1", typeof(WriterProtocol.UnitsClosed)),
        ("w/unit-deferred/1", typeof(WriterProtocol.UnitDeferred)),
        ("w/robots-saved/1", typeof(WriterProtocol.RobotsSaved)),
        ("w/memory-saved/1", typeof(WriterProtocol.MemorySaved)),
        ("w/hits-saved/1", typeof(WriterProtocol.HitsSaved)),
        ("w/card-saved/1", typeof(WriterProtocol.CardSaved)),
        ("w/cards-named/1", typeof(WriterProtocol.CardsNamed)),
        ("w/cards-left-set/1", typeof(WriterProtocol.CardsLeftSet)),
        ("w/cards-dropped/1", typeof(WriterProtocol.CardsDropped)),
        ("w/rejected/1", typeof(WriterProtocol.Rejected)),
        ("w/condition/1", typeof(WriterProtocol.Condition)),
        ("d/wake/1", typeof(DomainProtocol.Wake)),
        ("d/drop-job/1", typeof(DomainProtocol.DropJob)),
        ("d/get-status/1", typeof(DomainProtocol.GetStatus)),
        ("d/status/1", typeof(DomainProtocol.Status)),
        ("d/get-details/1", typeof(DomainProtocol.GetDetails)),
        ("d/details/1", typeof(DomainProtocol.Details)),
        ("d/get-standing/1", typeof(DomainProtocol.GetStanding)),
        ("d/standing/1", typeof(DomainProtocol.Standing)),
        ("j/take-up/1", typeof(JobProtocol.TakeUp)),
        ("j/pending-reached-zero/1", typeof(JobProtocol.PendingReachedZero)),
        ("j/give-up/1", typeof(JobProtocol.GiveUp)),
        ("j/park/1", typeof(JobProtocol.Park)),
        ("j/cancel/1", typeof(JobProtocol.Cancel)),
        ("j/retry/1", typeof(JobProtocol.Retry)),
        ("e/domain-caution/1", typeof(DomainCaution)),
        ("l/hello/1", typeof(LinkProtocol.Hello)),
        ("l/carry/1", typeof(LinkProtocol.Carry)),
        ("l/answer/1", typeof(LinkProtocol.Answer)),
        ("l/resume/1", typeof(LinkProtocol.Resume)),
        ("o/get-awake/1", typeof(OperatorProtocol.GetAwake)),
        ("o/get-writer/1", typeof(OperatorProtocol.GetWriter)),
        ("o/awake/1", typeof(AwakeDomains)),
        ("o/writer/1", typeof(WriterView)),
        ("f/frame/1", typeof(Frame)),
    ];

    private static readonly FrozenDictionary<Type, string> ByType = Table.ToFrozenDictionary(row => row.Type, row => row.Manifest);
    private static readonly FrozenDictionary<string, Type> ByManifest = Table.ToFrozenDictionary(row => row.Manifest, row => row.Type);

    /// <summary>Every manifest with what it names.</summary>
    public static IReadOnlyList<(string Manifest, Type Type)> All => Table;

    /// <summary>True when messages of this type may leave the process.</summary>
    public static bool Has(Type type) => ByType.ContainsKey(type);

    /// <summary>The manifest of a message that has one; any other is a programming error.</summary>
    public static string Of(object message) => ByType.TryGetValue(message.GetType(), out var manifest)
        ? manifest
        : throw new ArgumentException($"{message.GetType().Name} has no manifest: it never leaves its process.", nameof(message));

    /// <exception cref="UnreadableMessageException">There is no such manifest here.</exception>
    internal static Type TypeOf(string manifest) => ByManifest.TryGetValue(manifest, out var type)
        ? type
        : throw new UnreadableMessageException(manifest, $"it is not known here{Known(manifest)}.");

    // A node of a newer release may have said it: which versions of it are known is what an operator needs.
    private static string Known(string manifest)
    {
        var name = manifest[..(manifest.LastIndexOf('/') + 1)];
        var versions = name.Length == 0 ? [] : ByManifest.Keys.Where(known => known.StartsWith(name, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        return versions.Count > 0 ? $"; known is {string.Join(", ", versions)}" : $"; known are {Table.Length} others, {Table[0].Manifest} to {Table[^1].Manifest}";
    }
}
