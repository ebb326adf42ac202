using Xunit.Abstractions;

namespace Amble.Actors.Specs.Corpora;

/// <summary>Test data that nobody here wrote, where it lies beside the repository; where it does not, the test says what it left out.</summary>
internal static class Corpus
{
    public static string? Find(string file, ITestOutputHelper output)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Actors.sln")))
                continue;
            var path = Path.Combine(folder.Parent!.FullName, "shared", "corpora", file);
            if (File.Exists(path))
                return path;
            output.WriteLine($"LEFT OUT: ../shared/corpora/{file} is not beside this repository.");
            return null;
        }
        throw new InvalidOperationException("No folder above the tests holds Actors.sln.");
    }
}
