using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Amble.Behaviours.Ports;
using Amble.Cluster.Node;
using Amble.Cluster.Writing;
using Amble.Messages;

namespace Amble.Cluster.Doors;

/// <summary>
/// Where the doors of one node ask for jobs. A job lives on any node, so a wish is told to the job's region and its answer is heard from
/// the news; whoever still waits after a second looks into the store and says it again. It reads by piping and never waits.
/// </summary>
internal sealed class IngressActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan _look = TimeSpan.FromSeconds(1);

    private readonly NodeParts _node;
    private readonly WriterLane _writer;
    private readonly JobNews _news;
    private readonly Func<JobId, JobState?> _stateOf;
    private readonly List<Wish.OfJob> _waiting = [];

    /// <param name="stateOf">A job's stored state; null when there is no such job.</param>
    public IngressActor(NodeParts node, WriterLane writer, JobNews news, Func<JobId, JobState?> stateOf)
    {
        _node = node;
        _writer = writer;
        _news = news;
        _stateOf = stateOf;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        _news.Mediator.Tell(new Subscribe(JobNews.Topic, Self));
        Timers.StartPeriodicTimer(LookAgain.Instance, LookAgain.Instance, _look);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Wish.Create create: Create(create); break;
            case Wish.OfJob wish:
                _waiting.Add(wish);
                Look([wish], first: true);
                break;
            case WriterProtocol.IReply news: Answer(wish => Answered(wish, news)); break;
            case LookAgain when _waiting.Count > 0: Look([.. _waiting], first: false); break;
            case LookAgain or SubscribeAck: break;
            case Looked looked: Take(looked); break;
            default: Unhandled(message); break;
        }
    }

    protected override void PostStop()
    {
        foreach (var wish in _waiting) Give(wish, null);
    }

    private void Create(Wish.Create create)
    {
        var regions = _node.Regions;
        var taken = _writer.Offer(new WriterProtocol.CreateJob(create.Job, _node.Outside.Scheduler.Now), reply =>
        {
            if (reply is not WriterProtocol.JobCreated created)
            {
                create.Answer.TrySetException(new StoreUnavailableException("The job cannot be stored.", full: false));
                return;
            }
            regions.Tell(new JobProtocol.TakeUp(created.Job.Id, JobState.Running, null, created.Start, 1));
            create.Answer.TrySetResult(created.Job);
        });
        if (!taken) create.Answer.TrySetException(new StoreUnavailableException("The writer takes nothing more: too much waits to be stored.", full: false));
    }

    /// <summary>Reads where the jobs stand, away from this actor.</summary>
    private void Look(IReadOnlyList<Wish.OfJob> wishes, bool first)
    {
        var self = Self;
        _node.Outside.Scheduler.RunBlocking(() =>
        {
            foreach (var wish in wishes)
            {
                try
                {
                    self.Tell(new Looked(wish, first, _node.Outside.Reads.ReadUnfinishedJob(wish.Job), _stateOf(wish.Job)));
                }
                catch (StoreUnavailableException)
                {
                    // The next look finds it.
                }
            }
        });
    }

    private void Take(Looked looked)
    {
        var (wish, first, unfinished, state) = looked;
        switch (wish)
        {
            case Wish.WhenEnded when unfinished is null: Finish(wish, true); break;
            case Wish.Cancel when unfinished is null: Finish(wish, !first && state == JobState.Cancelled); break;
            case Wish.Cancel when unfinished is { State: JobState.Finishing, Outcome: not JobState.Running }:
                Finish(wish, unfinished.Outcome == JobState.Cancelled);
                break;
            case Wish.Cancel: _node.Regions.Tell(new JobProtocol.Cancel(wish.Job)); break;
            case Wish.Retry when state is null: Finish(wish, null); break;
            case Wish.Retry: _node.Regions.Tell(new JobProtocol.Retry(wish.Job)); break;
        }
    }

    private static object? Answered(Wish.OfJob wish, WriterProtocol.IReply news) => (wish, news) switch
    {
        (Wish.WhenEnded, WriterProtocol.JobEnded m) when m.Job == wish.Job => true,
        (Wish.Cancel, WriterProtocol.EndBegun m) when m.Job == wish.Job => m.Outcome == JobState.Cancelled,
        (Wish.Cancel, WriterProtocol.JobEnded m) when m.Job == wish.Job => m.Outcome == JobState.Cancelled,
        (Wish.Retry, WriterProtocol.JobRetried m) when m.Job == wish.Job => (object?)m.Pending ?? _noJob,
        _ => null,
    };

    private static readonly object _noJob = new();

    private void Answer(Func<Wish.OfJob, object?> heard)
    {
        foreach (var wish in _waiting.ToArray())
        {
            if (heard(wish) is { } answer) Finish(wish, ReferenceEquals(answer, _noJob) ? null : answer);
        }
    }

    private void Finish(Wish.OfJob wish, object? answer)
    {
        _waiting.Remove(wish);
        Give(wish, answer);
    }

    private static void Give(Wish.OfJob wish, object? answer)
    {
        switch (wish)
        {
            case Wish.Cancel cancel: cancel.Answer.TrySetResult(answer is true); break;
            case Wish.WhenEnded ended: ended.Answer.TrySetResult(answer is true); break;
            case Wish.Retry retry: retry.Answer.TrySetResult((long?)answer); break;
        }
    }

    private sealed record LookAgain : INoSerializationVerificationNeeded
    {
        public static LookAgain Instance { get; } = new();
    }

    private sealed record Looked(Wish.OfJob Wish, bool First, JobProtocol.TakeUp? Unfinished, JobState? State) : INoSerializationVerificationNeeded;
}
