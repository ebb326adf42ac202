using System.Diagnostics;

namespace Amble.Processes.Specs;

/// <summary>Waits for what can be observed, with a deadline that is far beyond what even a busy machine needs.</summary>
public static class Until
{
    /// <param name="what">What is waited for, fit to follow "waited in vain for".</param>
    /// <param name="within">Two minutes unless said.</param>
    /// <param name="every">50 ms unless said.</param>
    public static async Task TrueAsync(string what, Func<Task<bool>> isTrue, TimeSpan? within = null, TimeSpan? every = null)
    {
        var longest = within ?? TimeSpan.FromMinutes(2);
        var begunAt = Stopwatch.GetTimestamp();
        using var rounds = new PeriodicTimer(every ?? TimeSpan.FromMilliseconds(50));
        while (!await isTrue())
        {
            if (Stopwatch.GetElapsedTime(begunAt) > longest) throw new TimeoutException($"Waited in vain for {what} ({longest.TotalSeconds:0} s).");
            await rounds.WaitForNextTickAsync();
        }
    }

    public static Task TrueAsync(string what, Func<bool> isTrue, TimeSpan? within = null) => TrueAsync(what, () => Task.FromResult(isTrue()), within);
}
