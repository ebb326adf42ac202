using System.Diagnostics;

namespace Amble.Processes.Specs;

/// <summary>Waits for what can be observed, with a deadline that is far beyond what even a busy machine needs.</summary>
public static class Until
{
    private static readonly TimeSpan _between = TimeSpan.FromMilliseconds(20);

    /// <param name="what">What is waited for, fit to follow "waited in vain for".</param>
    public static async Task TrueAsync(string what, Func<Task<bool>> isTrue, TimeSpan? within = null)
    {
        var longest = within ?? TimeSpan.FromMinutes(2);
        var begunAt = Stopwatch.GetTimestamp();
        using var rounds = new PeriodicTimer(_between);
        while (!await isTrue())
        {
            if (Stopwatch.GetElapsedTime(begunAt) > longest) throw new TimeoutException($"Waited in vain for {what} ({longest.TotalSeconds:0} s).");
            await rounds.WaitForNextTickAsync();
        }
    }

    public static Task TrueAsync(string what, Func<bool> isTrue, TimeSpan? within = null) => TrueAsync(what, () => Task.FromResult(isTrue()), within);
}
