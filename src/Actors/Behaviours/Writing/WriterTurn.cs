using Amble.Messages;

namespace Amble.Behaviours.Writing;

/// <summary>One turn's commands, in the order in which they are to be stored, each with the tag it came with.</summary>
public sealed class WriterTurn
{
    private readonly List<WriterProtocol.ICommand> _commands;
    private readonly List<object> _tags;

    internal WriterTurn(int count)
    {
        _commands = new(count);
        _tags = new(count);
    }

    public IReadOnlyList<WriterProtocol.ICommand> Commands => _commands;

    public IReadOnlyList<object> Tags => _tags;

    /// <summary>Roughly the memory that they hold.</summary>
    public long Bytes { get; private set; }

    /// <summary>When the oldest of them came in.</summary>
    public DateTimeOffset OldestAt { get; private set; } = DateTimeOffset.MaxValue;

    internal void Add(WriterProtocol.ICommand command, object tag, long bytes, DateTimeOffset at)
    {
        _commands.Add(command);
        _tags.Add(tag);
        Bytes += bytes;
        if (at < OldestAt) OldestAt = at;
    }
}
