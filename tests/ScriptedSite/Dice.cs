namespace Amble.ScriptedSites;

/// <summary>SplitMix64: the same seed, domain and page roll the same numbers on every machine and in every version.</summary>
internal struct Dice(int seed, int domain, int page, int purpose)
{
    private ulong _state = Mix(Mix(Mix((ulong)seed) + (ulong)domain) + (ulong)page) + (ulong)purpose;

    /// <summary>At least 0, below 1.</summary>
    public double Roll()
    {
        _state += 0x9E3779B97F4A7C15;
        return (Mix(_state) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>At least <paramref name="from"/>, below <paramref name="to"/>.</summary>
    public int Between(int from, int to) => from + (int)(Roll() * (to - from));

    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
