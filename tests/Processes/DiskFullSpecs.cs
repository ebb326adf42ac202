using System.Diagnostics;
using Amble.Messages;
using Amble.ScriptedSites;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Processes.Specs;

/// <summary>The program on a file system that is too small, and then grows; and, for machines where none can be mounted, on a database that is kept small.</summary>
public sealed class DiskFullSpecs(ITestOutputHelper output) : IDisposable
{
    private const int Pages = 300;

    // One run without a byte of room, two runs on three megabytes, then room, then a last run. The mount is this script's alone and goes with it.
    private const string Script =
        """
        mkdir -p "$1" && mount -t tmpfs -o size=3m amble "$1" || exit 97
        data=$1; results=$2; shift 2
        run() { "$@" --data "$data" >"$results/out$n" 2>"$results/err$n" </dev/null; echo $? >"$results/code$n"; }
        cat /dev/zero >"$data/ballast" 2>"$results/ballast"
        n=0; run "$@"
        rm "$data/ballast"
        n=1; run "$@"
        n=2; run "$@"
        mkdir "$results/full" && cp -r "$data"/amble.db* "$data"/periods "$results/full"
        mount -o remount,size=64m "$data"
        n=3; run "$@"
        mkdir "$results/end" && cp -r "$data"/amble.db* "$data"/periods "$results/end"
        """;

    private readonly DataPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact, Trait("Seeds", "S-3")]
    public async Task A_full_disk_ends_the_crawl_in_one_sentence_and_once_there_is_room_the_same_command_goes_on()
    {
        await using var site = await ScriptedSiteProcess.StartAsync("--pages", $"{Pages}");
        if (!await RunOnSmallDiskAsync("crawl", site.UrlByAddress(), "--allow-private", "--unpaced", "--concurrency", "4"))
        {
            output.WriteLine("told: left out: disk full on a real file system, since no small one can be mounted here; the one with a small database is run");
            return;
        }
        output.WriteLine("told: disk full: the program on a file system of 3 MB");
        Assert.Equal([$"The disk that holds the data directory '{_place.Folder}' is full; free some room and start again."], Read(0).Refused());
        foreach (var run in new[] { 1, 2 })
        {
            var problem = Read(run).Refused().Single();
            Assert.Contains("full", problem, StringComparison.Ordinal);
        }
        var full = Stored.Of(_place.Beside("full"), _place.Beside("full-copy"));
        Assert.Empty(full.Contradictions);
        Assert.Equal(JobState.Running, full.Job.State);

        Assert.Contains(", resumed where it stood", Read(3).AssertCode(0).Err, StringComparison.Ordinal);
        var end = Stored.Of(_place.Beside("end"), _place.Beside("end-copy"));
        Assert.Empty(end.Contradictions);
        Assert.Equal((1, JobState.Completed, (long)Pages), (end.Jobs.Count, end.Job.State, end.Job.Counts.Ok));
        // Who links to a page is known only at the job's end.
        Assert.All(full.Visits, visit => Assert.Equal(visit.Value, end.Visits[visit.Key] with { Inlinks = null }));
    }

    [Fact, Trait("Seeds", "S-3")]
    public async Task A_database_that_may_not_grow_is_the_same_as_a_full_disk()
    {
        await using var site = await ScriptedSiteProcess.StartAsync("--pages", $"{Pages}");
        await SmallDatabase.FillAndGoOnAsync(site.UrlByAddress(), _place, Pages);
    }

    private Outcome Read(int run) => new(
        int.Parse(File.ReadAllText(_place.Beside($"code{run}")), System.Globalization.CultureInfo.InvariantCulture),
        File.ReadAllText(_place.Beside($"out{run}")), File.ReadAllText(_place.Beside($"err{run}")));

    private async Task<bool> RunOnSmallDiskAsync(params string[] words)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/unshare")) return false;
        // A mount namespace of its own needs root, or a user namespace in which we are.
        var spaces = Environment.IsPrivilegedProcess ? "-m" : "-rm";
        var start = new ProcessStartInfo("unshare", [spaces, "sh", "-c", Script, "sh", _place.Folder, _place.Beside(""), "dotnet", AmbleProcess.Program, .. words])
        {
            RedirectStandardError = true,
        };
        foreach (var ours in start.Environment.Keys.Where(name => name.StartsWith("AMBLE_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(ours);
        using var script = Process.Start(start) ?? throw new InvalidOperationException("unshare did not start.");
        var said = await script.StandardError.ReadToEndAsync();
        await script.WaitForExitAsync();
        Assert.True(script.ExitCode == 0 || !File.Exists(_place.Beside("code0")), said);
        return script.ExitCode == 0;
    }
}
