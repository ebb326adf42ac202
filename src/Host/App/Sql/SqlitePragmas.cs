namespace Amble.App.Sql;

/// <summary>
/// How SQLite is to behave, asserted at start: a pragma that did not take would show much later, as slowness or as a lost commit.
/// </summary>
internal static class SqlitePragmas
{
    public static void ForFile(SqliteDatabase database, string where)
    {
        // Before the first table: only then can the file shrink later without being rewritten as a whole.
        if (database.Ask("PRAGMA page_count") == "0") database.Execute("PRAGMA auto_vacuum = INCREMENTAL");

        ForWriting(database, where, logPages: 16_384, cacheKiB: 32_768);
        database.Execute("PRAGMA journal_size_limit = 67108864");
    }

    /// <summary>A period's file: as the main one, but that it is deleted as a whole and never shrinks, and has a shorter log.</summary>
    public static void ForPeriod(SqliteDatabase database, string where)
    {
        ForWriting(database, where, logPages: 4_096, cacheKiB: 8_192);
        database.Execute("PRAGMA journal_size_limit = 16777216");
    }

    public static void ForReading(SqliteDatabase database)
    {
        database.Execute("PRAGMA query_only = ON; PRAGMA busy_timeout = 2000; PRAGMA cache_size = -4096");
    }

    public static void ForMemory(SqliteDatabase database)
    {
        database.Execute("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY");
    }

    /// <summary>A connection that only carries the log over.</summary>
    public static void ForCheckpoints(SqliteDatabase database)
    {
        Set(database, "A checkpoint", "synchronous", "NORMAL", "1");
        // A connection that has read nothing yet knows of no log.
        database.Ask("PRAGMA schema_version");
    }

    /// <param name="logPages">The checkpoints beside the writer keep the log much shorter; when they do not come to its end, it does the rest in a commit.</param>
    private static void ForWriting(SqliteDatabase database, string where, int logPages, int cacheKiB)
    {
        // Readers never wait for the writer, nor it for them.
        Set(database, where, "journal_mode", "WAL", "wal");

        // With WAL, NORMAL loses nothing when the process is killed. After a power cut the last commits may be missing, whole turns of
        // them: those pages are asked again, and every domain rests one whole delay at a start. A sync per turn would cost a third of
        // the throughput, more on a slow disk.
        Set(database, where, "synchronous", "NORMAL", "1");

        // With it on, dropping a table writes all of it through the log.
        Set(database, where, "secure_delete", "OFF", "0");
        Set(database, where, "wal_autocheckpoint", $"{logPages}", $"{logPages}");
        Set(database, where, "busy_timeout", "2000", "2000");
        Set(database, where, "cache_size", $"-{cacheKiB}", $"-{cacheKiB}");
        Set(database, where, "temp_store", "MEMORY", "2");
    }

    private static void Set(SqliteDatabase database, string where, string name, string value, string expected)
    {
        database.Ask($"PRAGMA {name} = {value}");
        var actual = database.Ask($"PRAGMA {name}");
        if (actual != expected)
            throw new StoreProblemException($"{where} does not take the setting {name} = {value} (it stays {actual}); its file system may not allow it.");
    }
}
