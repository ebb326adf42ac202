using System.Text.Json.Serialization;
using Amble.Behaviours.Ports;
using Amble.Messages;
using Amble.Wire.Framing;
using Amble.Wire.Journal;
using Amble.Wire.Link;

namespace Amble.Wire.Json;

/// <summary>
/// How messages are written, generated from their records, which stay free of it. The names of the wire are the records' own in camel case:
/// to rename a property is to change the wire, and the golden bytes tell.
/// <para>A parameter that may be null or has a default may be missing; any other must be there. What is not known is passed over.</para>
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(PageUrlText), typeof(DomainNameText), typeof(JobNumber), typeof(PageNumber), typeof(SpokenCommand), typeof(SpokenReply)])]
[JsonSerializable(typeof(WriterProtocol.CreateJob))]
[JsonSerializable(typeof(WriterProtocol.SetJobState))]
[JsonSerializable(typeof(WriterProtocol.BeginEnd))]
[JsonSerializable(typeof(WriterProtocol.EndUnits))]
[JsonSerializable(typeof(WriterProtocol.SaveReport))]
[JsonSerializable(typeof(WriterProtocol.EndJob))]
[JsonSerializable(typeof(WriterProtocol.ReopenUnits))]
[JsonSerializable(typeof(WriterProtocol.DropReport))]
[JsonSerializable(typeof(WriterProtocol.EndRetry))]
[JsonSerializable(typeof(WriterProtocol.SaveLinks))]
[JsonSerializable(typeof(WriterProtocol.CloseVisit))]
[JsonSerializable(typeof(WriterProtocol.CloseWarm))]
[JsonSerializable(typeof(WriterProtocol.CloseUnits))]
[JsonSerializable(typeof(WriterProtocol.CloseSitemap))]
[JsonSerializable(typeof(WriterProtocol.DeferUnit))]
[JsonSerializable(typeof(WriterProtocol.SaveRobots))]
[JsonSerializable(typeof(WriterProtocol.SaveMemory))]
[JsonSerializable(typeof(WriterProtocol.SaveHits))]
[JsonSerializable(typeof(WriterProtocol.SaveCard))]
[JsonSerializable(typeof(WriterProtocol.NameCards))]
[JsonSerializable(typeof(WriterProtocol.SetCardsLeft))]
[JsonSerializable(typeof(WriterProtocol.DropCards))]
[JsonSerializable(typeof(WriterProtocol.JobCreated))]
[JsonSerializable(typeof(WriterProtocol.JobStateSet))]
[JsonSerializable(typeof(WriterProtocol.EndBegun))]
[JsonSerializable(typeof(WriterProtocol.UnitsEnded))]
[JsonSerializable(typeof(WriterProtocol.ReportSaved))]
[JsonSerializable(typeof(WriterProtocol.JobEnded))]
[JsonSerializable(typeof(WriterProtocol.UnitsReopened))]
[JsonSerializable(typeof(WriterProtocol.ReportDropped))]
[JsonSerializable(typeof(WriterProtocol.JobRetried))]
[JsonSerializable(typeof(WriterProtocol.LinksSaved))]
[JsonSerializable(typeof(WriterProtocol.UnitClosed))]
[JsonSerializable(typeof(WriterProtocol.UnitsClosed))]
[JsonSerializable(typeof(WriterProtocol.UnitDeferred))]
[JsonSerializable(typeof(WriterProtocol.RobotsSaved))]
[JsonSerializable(typeof(WriterProtocol.MemorySaved))]
[JsonSerializable(typeof(WriterProtocol.HitsSaved))]
[JsonSerializable(typeof(WriterProtocol.CardSaved))]
[JsonSerializable(typeof(WriterProtocol.CardsNamed))]
[JsonSerializable(typeof(WriterProtocol.CardsLeftSet))]
[JsonSerializable(typeof(WriterProtocol.CardsDropped))]
[JsonSerializable(typeof(WriterProtocol.Rejected))]
[JsonSerializable(typeof(WriterProtocol.Condition))]
[JsonSerializable(typeof(DomainProtocol.GetDetails))]
[JsonSerializable(typeof(DomainProtocol.Details))]
[JsonSerializable(typeof(DomainProtocol.GetStanding))]
[JsonSerializable(typeof(DomainProtocol.Standing))]
[JsonSerializable(typeof(OperatorProtocol.GetAwake))]
[JsonSerializable(typeof(OperatorProtocol.GetWriter))]
[JsonSerializable(typeof(AwakeDomains))]
[JsonSerializable(typeof(WriterView))]
[JsonSerializable(typeof(DomainProtocol.Wake))]
[JsonSerializable(typeof(DomainProtocol.DropJob))]
[JsonSerializable(typeof(DomainProtocol.GetStatus))]
[JsonSerializable(typeof(DomainProtocol.Status))]
[JsonSerializable(typeof(JobProtocol.TakeUp))]
[JsonSerializable(typeof(JobProtocol.PendingReachedZero))]
[JsonSerializable(typeof(JobProtocol.GiveUp))]
[JsonSerializable(typeof(JobProtocol.Park))]
[JsonSerializable(typeof(JobProtocol.Cancel))]
[JsonSerializable(typeof(JobProtocol.Retry))]
[JsonSerializable(typeof(DomainCaution))]
[JsonSerializable(typeof(LinkProtocol.Hello))]
[JsonSerializable(typeof(LinkProtocol.Carry))]
[JsonSerializable(typeof(LinkProtocol.Answer))]
[JsonSerializable(typeof(LinkProtocol.Resume))]
[JsonSerializable(typeof(Frame))]
internal sealed partial class WireContext : JsonSerializerContext;
