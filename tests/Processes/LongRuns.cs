using Xunit;

namespace Amble.Processes.Specs;

/// <summary>The long tests run by themselves, one after the other, after the short ones.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LongRuns
{
    public const string Name = "long runs";
}
