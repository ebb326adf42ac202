namespace Amble.Host.Specs.Sql;

/// <summary>A directory of this test alone, removed with it.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("amble-").FullName;

    public string Database => System.IO.Path.Combine(Path, "amble.db");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
