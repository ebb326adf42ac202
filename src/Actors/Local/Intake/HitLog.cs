using Amble.Behaviours.AccessLog;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Local.Intake;

/// <summary>The access log of one process, on whichever runtime's intake.</summary>
public sealed class HitLog : IAccessLog
{
    private readonly HitSource _source;
    private readonly IIntake<Hit> _intake;
    private readonly Action _start;
    private IReadOnlyList<HitsLeft> _leftByFormer = [];

    /// <param name="open">Makes the intake around the way to the writer; what is given back with it begins to store.</param>
    public HitLog(IWriterLane lane, HitSource source, Func<WriteBatch<Hit>, (IIntake<Hit> Intake, Action Start)> open)
    {
        _source = source;
        (_intake, _start) = open(new HitWriting(lane, source, () => _leftByFormer).Write);
    }

    public static IntakeItems<Hit> Items { get; } = new(HitRule.Bytes, hit => hit.IsError);

    /// <inheritdoc />
    public IntakeView View => _intake.View;

    /// <inheritdoc />
    public bool Offer(Hit hit) => _intake.Offer(hit);

    /// <inheritdoc />
    public void Start(IReadOnlyList<HitsLeft> leftByFormer)
    {
        _leftByFormer = leftByFormer;
        _start();
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<HitsLeft>> DrainAsync(TimeSpan deadline)
    {
        var left = await _intake.DrainAsync(deadline).ConfigureAwait(false);
        var untold = _intake.View.Batches == 0 ? _leftByFormer : [];
        return left.InHand.Count + left.Beyond.Count == 0 ? untold : [.. untold, new HitsLeft(_source.Life, left.Sequence, left.InHand, left.Beyond)];
    }
}
