using System.Collections.Concurrent;
using System.Data.Common;
using Amble.Behaviours.Ports;

namespace Amble.App.Sql.Reading;

/// <summary>A few connections for reads, opened when first needed. A read that finds all of them in use waits for one.</summary>
internal sealed class ReadPool(Func<Database> open, StoreErrors errors, int size) : IDisposable
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
            catch (DbException) when (database.IsLost)
            {
                // It broke while nobody used it, as all do when a server is started anew; a read may be done twice.
                return read(database);
            }
            finally
            {
                _idle.Add(database);
            }
        }
        catch (DbException error) when (errors.IsUnavailable(error))
        {
            throw errors.Unavailable(error);
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
