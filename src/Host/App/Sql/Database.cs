namespace Amble.App.Sql;

/// <summary>
/// One open connection with the statements prepared on it, whichever its engine. Texts serve both engines where they can, in the words of
/// SQLite with values as <c>?</c> or <c>?1</c>. Used by one thread at a time.
/// </summary>
internal abstract class Database : IDisposable
{
    // By reference: every text is a constant, and hashing a long one at each use would cost as much as a small statement.
    private readonly Dictionary<string, Statement> _statements = new(ReferenceEqualityComparer.Instance);

    /// <summary>The statement of this text, ready for its first value; prepared at its first use.</summary>
    public Statement this[string sql]
    {
        get
        {
            if (!_statements.TryGetValue(sql, out var statement)) _statements.Add(sql, statement = Prepare(sql));
            return statement.Begin();
        }
    }

    /// <summary>The statement of this engine's own text, where one text cannot serve both. Both take the same values in the same order.</summary>
    public Statement this[string sqlite, string postgres] => this[IsPostgres ? postgres : sqlite];

    public abstract bool IsPostgres { get; }

    /// <summary>The connection is gone; the next use opens another.</summary>
    public abstract bool IsLost { get; }

    /// <summary>Begins a transaction that no other writer can come into.</summary>
    public abstract void Begin();

    /// <summary>A server that crashes within the next second may lose this transaction: nothing waits for its disk, whose time is then the next one's alone.</summary>
    public virtual void MayLose()
    {
    }

    public abstract void Commit();

    /// <summary>Undoes what is open, if anything is; throws nothing.</summary>
    public abstract void Rollback();

    /// <summary>Carries out a text of one or more statements without values.</summary>
    public abstract void Execute(string sql);

    /// <summary>A query's first value as text; empty when there is none.</summary>
    public abstract string Ask(string sql);

    public virtual void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
    }

    protected abstract Statement Prepare(string sql);
}
