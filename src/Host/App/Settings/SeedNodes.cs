using System.Diagnostics.CodeAnalysis;

namespace Amble.App.Settings;

/// <summary>The nodes that a new one asks for the cluster, as people write them: <c>10.0.0.1:4053,10.0.0.2:4053</c>.</summary>
public static class SeedNodes
{
    public const string Allowed = "HOST:PORT, several with commas between, such as 10.0.0.1:4053,10.0.0.2:4053, or nothing";

    // As Akka itself writes an address; people copy it from its log.
    private const string AkkaAddress = "akka.tcp://amble@";

    public static bool TryRead(string text, [NotNullWhen(true)] out IReadOnlyList<HostPort>? seeds)
    {
        var read = new List<HostPort>();
        seeds = null;
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!HostPort.TryParse(word.StartsWith(AkkaAddress, StringComparison.Ordinal) ? word[AkkaAddress.Length..].TrimEnd('/') : word, out var seed)) return false;
            if (!read.Contains(seed)) read.Add(seed);
        }
        seeds = read;
        return true;
    }
}
