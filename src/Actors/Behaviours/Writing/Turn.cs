namespace Amble.Behaviours.Writing;

/// <summary>Expected milliseconds of each waiting command, oldest first, by lane.</summary>
public readonly record struct WaitingCosts(IEnumerable<double> Interactive, IEnumerable<double> Bulk, IEnumerable<double> Maintenance);

/// <summary>What a turn may take.</summary>
/// <param name="Milliseconds">What the turn aims not to go over.</param>
/// <param name="MaintenanceMilliseconds">How much of the writer's time maintenance is owed; zero or less when nothing.</param>
public readonly record struct TurnBudget(double Milliseconds, double MaintenanceMilliseconds);

/// <summary>
/// Which waiting commands make the next turn, as how many from the head of each lane (S-2). Interactive ones go first. Then, if
/// maintenance is owed time, its commands go until what is owed is spent, one at least. Then bulk, and what is left of the turn goes to
/// maintenance that nobody else's work stands before. A command goes while the turn stays within its time; one always goes, however long
/// it is expected to take. Within a lane the order is that of arrival.
/// </summary>
public readonly record struct Turn(int Interactive, int Bulk, int Maintenance)
{
    public int Count => Interactive + Bulk + Maintenance;

    public static Turn Plan(WaitingCosts waiting, TurnBudget budget)
    {
        var left = budget.Milliseconds;
        var interactive = Take(waiting.Interactive, ref left, isFirst: true);
        var isFirst = interactive == 0;

        var owed = 0;
        if (budget.MaintenanceMilliseconds > 0)
        {
            // What is owed goes even into a turn that interactive commands have filled: otherwise they could hold it off for ever.
            var spent = Math.Min(budget.MaintenanceMilliseconds, Math.Max(left, 0));
            var before = spent;
            owed = Take(waiting.Maintenance, ref spent, isFirst: true);
            left -= before - spent;
        }

        var bulk = Take(waiting.Bulk, ref left, isFirst && owed == 0);
        var isAlone = bulk == 0 && !waiting.Bulk.Any();
        var spare = isAlone ? Take(waiting.Maintenance.Skip(owed), ref left, isFirst && owed == 0) : 0;
        return new Turn(interactive, bulk, owed + spare);
    }

    private static int Take(IEnumerable<double> costs, ref double left, bool isFirst)
    {
        var taken = 0;
        foreach (var cost in costs)
        {
            if (cost > left && !(isFirst && taken == 0)) break;
            left -= cost;
            taken++;
        }
        return taken;
    }
}
