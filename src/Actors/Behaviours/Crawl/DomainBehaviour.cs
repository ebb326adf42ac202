using Amble.Behaviours.Ports;
using Amble.Behaviours.Runtime;
using Amble.Messages;

namespace Amble.Behaviours.Crawl;

/// <summary>
/// One domain's crawler: the only one who asks this host for anything. It reads robots.txt, takes due units from the store in windows,
/// asks under its pace, decides what each outcome means and hands it to the writer; a unit stays in hand until that commit.
/// </summary>
public sealed class DomainBehaviour(CrawlSettings settings) : IBehaviour<DomainState>
{
    public DomainState Born(string key) => new(DomainName.FromStored(key));

    public DomainState Apply(DomainState state, IEvent happened) => DomainTransitions.Apply(state, (DomainEvent)happened, settings);

    public Decision Decide(DomainState state, object message, DateTimeOffset now)
    {
        var t = new Deciding(state, now, settings);
        if (message is DomainProtocol.IQuery query)
        {
            t.Reply(Answer(state, query, now));
        }
        else
        {
            Take(t, message);
            NextStep.Proceed(t);
        }
        // Said after every message, since what came while it fell asleep keeps it in memory, where no waker would look for it. Only a failed
        // load waits here for its next try.
        if (t.State.Phase == DomainPhase.Asleep && message is not WorkFailed) t.Sleep();
        return t.Done();
    }

    private DomainProtocol.IReply Answer(DomainState state, DomainProtocol.IQuery query, DateTimeOffset now) => query switch
    {
        DomainProtocol.GetStatus => DomainStatus.Of(state, now, settings),
        DomainProtocol.GetDetails => DomainDetails.Of(state, now, settings),
        DomainProtocol.GetStanding m => UnitStanding.Of(state, m.Unit, now, settings),
        _ => throw new InvalidOperationException($"A domain cannot answer {query.GetType().Name}."),
    };

    private static void Take(Deciding t, object message)
    {
        switch (message)
        {
            case DomainProtocol.Wake or WakeUp: Rouse(t, message); break;
            case DomainProtocol.DropJob m: t.Happened(new DomainEvent.JobDropped(m.Job)); break;
            case DomainWork.DomainLoaded m:
                t.Happened(new DomainEvent.Loaded(m.Read, t.Now, m.Moved));
                t.Note(DecisionWords.Woke(t.State, t.Now));
                break;
            case DomainWork.WindowLoaded m: t.Happened(new DomainEvent.WindowCame(m.Read, m.Limit)); break;
            case DomainWork.PermitGranted m: NextStep.UsePermit(t, m.Job); break;
            case DomainWork.Left m: t.Happened(new DomainEvent.RequestLeft(m.Ticket, Past(t, m.At))); break;
            case DomainWork.Fetched m: AnswerStep.Take(t, m); break;
            case WorkFailed { Work: DomainWork.LoadDomain }: Postpone(t, new DomainEvent.LoadingFailed()); break;
            case WorkFailed { Work: DomainWork.LoadWindow } m:
                t.Happened(new DomainEvent.WindowFailed(t.Now + t.Settings.ReadAgain));
                t.Note(new DecisionMade(t.Now, DecisionKind.ReadFailed, $"What is due could not be read, and is read again in {PaceWords.Span(t.Settings.ReadAgain)}: {m.Reason}"));
                break;
            case WriterProtocol.IReply m: TakeReply(t, m); break;
            default: throw new InvalidOperationException($"A domain does not understand {message.GetType().Name}.");
        }
    }

    /// <summary>Whoever measured an instant may have another clock; what has happened is never in the future.</summary>
    internal static DateTimeOffset Past(Deciding t, DateTimeOffset at) => at < t.Now ? at : t.Now;

    private static void Rouse(Deciding t, object message)
    {
        switch (t.State.Phase)
        {
            case DomainPhase.Asleep:
                t.Happened(new DomainEvent.LoadingBegan());
                t.Begin(new DomainWork.LoadDomain(t.State.Name));
                break;
            case DomainPhase.Awake when message is DomainProtocol.Wake:
                t.Happened(new DomainEvent.WorkGained());
                break;
            case DomainPhase.DozingOff when message is DomainProtocol.Wake:
                t.Happened(new DomainEvent.Roused());
                break;
        }
    }

    private static void Postpone(Deciding t, DomainEvent failed)
    {
        t.Happened(failed);
        t.WakeAt(t.Now + t.Settings.ReadAgain);
    }

    private static void TakeReply(Deciding t, WriterProtocol.IReply reply)
    {
        switch (reply)
        {
            case WriterProtocol.LinksSaved m:
                foreach (var domain in m.Gained)
                {
                    if (domain == t.State.Name) t.Happened(new DomainEvent.WorkGained());
                    else t.Tell(new DomainProtocol.Wake(domain));
                }
                if (m.JobTakesNoMore && !t.State.Full.Contains(m.Source.Job)) t.Happened(new DomainEvent.JobFilled(m.Source.Job));
                break;
            case WriterProtocol.UnitClosed m:
                Settle(t, m.Unit);
                TellWhenDrained(t, m.Unit.Job, m.Pending);
                break;
            case WriterProtocol.UnitDeferred m:
                Settle(t, m.Unit);
                break;
            case WriterProtocol.UnitsClosed m:
                t.Happened(new DomainEvent.ClosingEnded(m.Job, m.Pages));
                TellWhenDrained(t, m.Job, m.Pending);
                break;
            case WriterProtocol.MemorySaved:
                t.Happened(new DomainEvent.DozingEnded());
                break;
            case WriterProtocol.RobotsSaved:
                break;
            case WriterProtocol.Rejected m:
                AnswerStep.TakeRejection(t, m);
                break;
            default:
                throw new InvalidOperationException($"A domain does not understand {reply.GetType().Name}.");
        }
    }

    private static void Settle(Deciding t, UnitKey unit)
    {
        // A unit closed because its host cannot be reached had no request, and so no permit.
        if (t.State.InHand.ContainsKey(unit)) t.Begin(new DomainWork.HandEmptied(unit.Job));
        t.Happened(t.State.Closing.Contains(unit) ? new DomainEvent.ClosingEnded(unit.Job, [unit.Page]) : new DomainEvent.UnitSettled(unit));
    }

    private static void TellWhenDrained(Deciding t, JobId job, long pending)
    {
        if (pending == 0) t.Tell(new JobProtocol.PendingReachedZero(job));
    }
}
