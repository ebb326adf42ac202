namespace Amble.Behaviours.Writing;

/// <summary>
/// How much of the writer's time maintenance is owed (invariant 4). While maintenance waits, each turn adds its share of the turn's
/// time: 5 % when the oldest has just come, rising to 30 % when it has waited a minute. What maintenance takes is paid off. Nothing is
/// saved up while none waits, and never more than one turn's length, so that a long quiet time does not end in a long purge.
/// </summary>
/// <param name="Milliseconds">Owed now; below zero when it took more than its share.</param>
public readonly record struct MaintenanceShare(double Milliseconds)
{
    public const double Least = 0.05;
    public const double Most = 0.30;
    private static readonly TimeSpan FullLag = TimeSpan.FromSeconds(60);

    /// <summary>The share of the writer's time, from how long the oldest maintenance command has waited.</summary>
    public static double Of(TimeSpan lag) => Least + (Most - Least) * Math.Clamp(lag / FullLag, 0, 1);

    /// <param name="turn">How long the turn took.</param>
    /// <param name="maintenance">The part of it that maintenance took.</param>
    /// <param name="lag">How long the oldest maintenance command had waited; null when none did.</param>
    /// <param name="hadCompetition">Other commands stood before it; time that nobody else wanted is not charged.</param>
    public MaintenanceShare After(TimeSpan turn, TimeSpan maintenance, TimeSpan? lag, bool hadCompetition, TimeSpan most)
    {
        if (lag is not { } waited) return default;
        var charged = hadCompetition ? maintenance.TotalMilliseconds : 0;
        var owed = Milliseconds + Of(waited) * turn.TotalMilliseconds - charged;
        return new MaintenanceShare(Math.Min(owed, most.TotalMilliseconds));
    }
}
