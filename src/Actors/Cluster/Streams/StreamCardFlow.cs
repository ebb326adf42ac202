using System.Threading.Channels;
using Akka;
using Akka.Streams;
using Akka.Streams.Dsl;
using Amble.Local.Cards;
using Amble.Messages;

namespace Amble.Cluster.Streams;

/// <summary>
/// The work of cards as graphs of Akka.Streams: one that runs on demand, from a channel with as much room as there are slots, and one for
/// each round, whose marks go out in groups. A piece of work that throws would end its graph while the channel still takes, so the graph's
/// end is watched and it is run again.
/// </summary>
public sealed class StreamCardFlow : ICardFlow
{
    // Marks of a slow round do not wait for a whole group.
    private static readonly TimeSpan _within = TimeSpan.FromSeconds(2);

    private readonly int _slots;
    private readonly Action<Exception> _onFault;
    private readonly Channel<Func<Task>> _work;
    private ActorMaterializer? _materializer;

    /// <param name="slots">Pieces of work on demand at once.</param>
    /// <param name="onFault">Told of a piece of work that threw.</param>
    public StreamCardFlow(int slots, Action<Exception> onFault)
    {
        (_slots, _onFault) = (Math.Max(1, slots), onFault);
        _work = Channel.CreateBounded<Func<Task>>(new BoundedChannelOptions(_slots) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
    }

    /// <summary>From here on work flows; before it none is taken.</summary>
    public void Open(ActorMaterializer materializer)
    {
        _materializer = materializer;
        Run(materializer);
    }

    /// <inheritdoc />
    public bool TryPut(Func<Task> work) => _materializer is not null && _work.Writer.TryWrite(work);

    /// <inheritdoc />
    public async Task EachAsync(IReadOnlyList<CardSubject> subjects, Func<bool> goesOn, Func<CardSubject, Task<CardMark?>> make, Func<IReadOnlyList<CardMark>, Task> store)
    {
        if (_materializer is not { } materializer) return;
        try
        {
            await Source.From(subjects)
                .TakeWhile(_ => goesOn())
                .SelectAsync(1, async subject => new Made(await make(subject).ConfigureAwait(false)))
                .Where(made => made.Mark is not null)
                .GroupedWithin(WriterProtocol.MostMarks, _within)
                .SelectAsync(1, async group =>
                {
                    await store([.. group.Select(made => made.Mark!)]).ConfigureAwait(false);
                    return Done.Instance;
                })
                .RunWith(Sink.Ignore<Done>(), materializer).ConfigureAwait(false);
        }
        catch (AbruptTerminationException)
        {
            // The node ends; what is not drawn is drawn later.
        }
    }

    public ValueTask DisposeAsync()
    {
        _work.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    private void Run(ActorMaterializer materializer)
    {
        var ended = ChannelSource.FromReader(_work.Reader)
            .SelectAsyncUnordered(_slots, async work =>
            {
                await work().ConfigureAwait(false);
                return Done.Instance;
            })
            .RunWith(Sink.Ignore<Done>(), materializer);
        _ = ended.ContinueWith(
            done =>
            {
                // With the system that ran it the graph is over for good.
                if (done.Exception is not { } fault || materializer.IsShutdown) return;
                _onFault(fault.GetBaseException());
                Run(materializer);
            }, TaskScheduler.Default);
    }

    /// <summary>No element of a stream is ever null.</summary>
    private readonly record struct Made(CardMark? Mark);
}
