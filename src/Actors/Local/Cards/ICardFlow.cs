using Amble.Messages;

namespace Amble.Local.Cards;

/// <summary>How the work of cards flows: the part that each runtime has its own of.</summary>
public interface ICardFlow : IAsyncDisposable
{
    /// <summary>Begins a piece of work on demand, and returns at once; false when there is no room for it. Never more pieces than there are slots.</summary>
    bool TryPut(Func<Task> work);

    /// <summary>
    /// Looks at things one after the other for as long as it may; their marks are gathered, at most <see cref="WriterProtocol.MostMarks"/>,
    /// and stored while the next are made. Ends when all of that has ended.
    /// </summary>
    Task EachAsync(IReadOnlyList<CardSubject> subjects, Func<bool> goesOn, Func<CardSubject, Task<CardMark?>> make, Func<IReadOnlyList<CardMark>, Task> store);
}

/// <summary>The flow of the one-process runtime.</summary>
public sealed class LocalCardFlow : ICardFlow
{
    /// <inheritdoc />
    public bool TryPut(Func<Task> work)
    {
        _ = work();
        return true;
    }

    /// <inheritdoc />
    public async Task EachAsync(IReadOnlyList<CardSubject> subjects, Func<bool> goesOn, Func<CardSubject, Task<CardMark?>> make, Func<IReadOnlyList<CardMark>, Task> store)
    {
        var marks = new List<CardMark>();
        var storing = Task.CompletedTask;
        foreach (var subject in subjects)
        {
            if (!goesOn()) break;
            if (await make(subject).ConfigureAwait(false) is { } mark) marks.Add(mark);
            if (marks.Count < WriterProtocol.MostMarks) continue;
            await storing.ConfigureAwait(false);
            (storing, marks) = (store(marks), []);
        }
        await storing.ConfigureAwait(false);
        if (marks.Count > 0) await store(marks).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
