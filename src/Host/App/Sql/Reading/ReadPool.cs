using System.Collections.Concurrent;
using Amble.Behaviours.Ports;
using Microsoft.Data.Sqlite;

namespace Amble.App.Sql.Reading;

/// <summary>A few connections for reads, opened when first needed. A read that finds all of them in use waits for one.</summary>
internal sealed class ReadPool(Func<Database> open, string where, int size) : IDisposable
{
    private readonly ConcurrentBag<Database> _idle = [];
    private readonly SemaphoreSlim _permits = new(size);

    /// <exception cref="StoreUnavailableException">The database did not answer; ask again later.</exception>
    public T Read<T>(Func<Database, T> read)
    {
        _permits.Wait();
        try
        {
            if (!_idle.TryTake(out var database)) database = open();
            try
            {
                return read(database);
            }
            finally
            {
                _idle.Add(database);
            }
        }
        catch (SqliteException error) when (SqliteErrors.IsUnavailable(error))
        {
            throw SqliteErrors.Unavailable(error, where);
        }
        finally
        {
            _permits.Release();
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var database)) database.Dispose();
        _permits.Dispose();
    }
}
