using Amble.Messages;

namespace Amble.Behaviours.Cards;

/// <summary>What came of one card.</summary>
public enum CardOutcome
{
    /// <summary>The thing has the right card already.</summary>
    Kept,

    /// <summary>The thing is not there any more, or has nothing to tell yet.</summary>
    Gone,

    /// <summary>The same picture was there, and is named.</summary>
    Reused,
    Drawn,

    /// <summary>The painter could not draw it.</summary>
    Failed,
    TimedOut,

    /// <summary>The store did not take it in time, or could not be read: no fault of the card.</summary>
    Unsaved,

    /// <summary>Somebody else draws it just now.</summary>
    Elsewhere,

    /// <summary>It failed before, and its wait is not over.</summary>
    Waiting,

    /// <summary>The round's budget, or the process, has ended: it has not failed.</summary>
    Stopped,
}

/// <param name="Mark">What the store is to remember; null when nothing has changed.</param>
public readonly record struct CardMade(CardOutcome Outcome, CardMark? Mark = null);

/// <summary>When a thing that has a card is drawn again.</summary>
public enum CardWish
{
    /// <summary>Never: only what has none is drawn (D-3).</summary>
    OnlyNew,

    /// <summary>When it would print something else (D-4).</summary>
    WhenChanged,
}
