namespace Amble.App.Sql.Periods;

/// <summary>Periods as readers see them.</summary>
internal interface IPeriodReads
{
    /// <summary>Reads a period while it is there; the default when it is not. A period that is removed meanwhile stays until the read is over.</summary>
    /// <param name="main">The connection that the caller reads the main database by.</param>
    T? Read<T>(Database main, Period period, Func<Database, T> read);
}

/// <summary>Partitions are read by the same connection as everything else.</summary>
internal sealed class PartitionReads : IPeriodReads
{
    public static PartitionReads Instance { get; } = new();

    public T? Read<T>(Database main, Period period, Func<Database, T> read) => read(main);
}
