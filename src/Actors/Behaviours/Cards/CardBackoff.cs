namespace Amble.Behaviours.Cards;

/// <summary>When a card that could not be drawn is tried again (C-7+): after a minute, twice as long after every further failure, a day at most.</summary>
public static class CardBackoff
{
    /// <param name="failures">In a row, this one included; at least 1.</param>
    public static TimeSpan After(int failures, CardSettings settings)
    {
        var times = Math.Pow(2, failures - 1);
        return times < settings.RetryMost / settings.RetryFirst ? settings.RetryFirst * times : settings.RetryMost;
    }
}
