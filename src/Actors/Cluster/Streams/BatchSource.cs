using Akka.Streams;
using Akka.Streams.Stage;
using Amble.Behaviours.Ports;
using Amble.Local.Intake;

namespace Amble.Cluster.Streams;

/// <summary>
/// The head of an intake's graph: gives out a batch when one is asked for and due, and ends after the last. It looks when it is asked,
/// when the buffer wakes it, and at the instant at which the oldest item has waited its time; grouping by a ticker would be up to twice as late.
/// </summary>
internal sealed class BatchSource<T>(IntakeQueue<T> queue, Func<DateTimeOffset> now) : GraphStage<SourceShape<IntakeBatch<T>>>
{
    private readonly Outlet<IntakeBatch<T>> _out = new("batches");

    public override SourceShape<IntakeBatch<T>> Shape => new(_out);

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(this, queue, now);

    private sealed class Logic : TimerGraphStageLogic
    {
        private readonly BatchSource<T> _stage;
        private readonly IntakeQueue<T> _queue;
        private readonly Func<DateTimeOffset> _now;

        public Logic(BatchSource<T> stage, IntakeQueue<T> queue, Func<DateTimeOffset> now) : base(stage.Shape)
        {
            (_stage, _queue, _now) = (stage, queue, now);
            SetHandler(stage._out, onPull: Look);
        }

        public override void PreStart() => _queue.Woken = GetAsyncCallback(Look);

        protected override void OnTimer(object timerKey) => Look();

        private void Look()
        {
            CancelTimer(this);
            if (_queue.IsOver)
            {
                CompleteStage();
                return;
            }
            if (!IsAvailable(_stage._out) || _queue.Due() is not { } due) return;
            if (due <= _now()) Push(_stage._out, _queue.Take());
            else ScheduleOnce(this, due - _now());
        }
    }
}
