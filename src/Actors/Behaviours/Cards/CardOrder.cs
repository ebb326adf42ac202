using Amble.Messages;

namespace Amble.Behaviours.Cards;

/// <summary>In which order pages without a card are drawn: most viewed first (D-3); among equals, what was known first.</summary>
public static class CardOrder
{
    /// <param name="views">One number for each, in their order.</param>
    public static IReadOnlyList<CardSubject> MostViewedFirst(IReadOnlyList<CardSubject> subjects, IReadOnlyList<long> views) =>
        [.. subjects.Select((subject, at) => (Subject: subject, Views: views[at])).OrderByDescending(one => one.Views).ThenBy(one => one.Subject.Id).Select(one => one.Subject)];
}
