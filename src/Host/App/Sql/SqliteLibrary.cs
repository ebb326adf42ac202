using System.Runtime.InteropServices;
using SQLitePCL;

namespace Amble.App.Sql;

/// <summary>
/// Puts the system's SQLite under the provider where there is one: the bundled 3.35.5 is old, and its busy wait sleeps whole seconds.
/// </summary>
internal static class SqliteLibrary
{
    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>Loads it, once per process; the version in use.</summary>
    public static string Version => Loaded.Value;

    private static string Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, (name, assembly, path) =>
            name == "e_sqlite3" && NativeLibrary.TryLoad(SystemName, assembly, path, out var system) ? system : IntPtr.Zero);
        Batteries_V2.Init();
        return raw.sqlite3_libversion().utf8_to_string();
    }

    private static string SystemName =>
        OperatingSystem.IsMacOS() ? "/usr/lib/libsqlite3.dylib" : OperatingSystem.IsWindows() ? "winsqlite3" : "libsqlite3.so.0";
}
