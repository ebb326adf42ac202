using Amble.Behaviours.Crawl;
using Xunit;
using Xunit.Abstractions;

namespace Amble.Actors.Specs.Behaviours.Crawl;

public sealed class PaceTableSpecs(ITestOutputHelper output)
{
    [Fact]
    public void Table()
    {
        var s = PaceSettings.Default;
        foreach (var jitter in new[] { false, true })
            foreach (var (r, b) in new (double, double)[] { (0.5, 1), (1, 5), (2, 1), (2, 5), (5, 1), (5, 5), (5, 20), (10, 5), (20, 5), (20, 20) })
            {
                var first = new List<ModelRun>(); var known = new List<ModelRun>(); var settled = new List<ModelRun>(); var known2 = new List<ModelRun>();
                for (var seed = 1; seed <= 10; seed++)
                {
                    var m = new DomainModel(new(r, b), s, seed, jitter);
                    first.Add(m.Run(300)); known.Add(m.Run(300));
                    var m2 = new DomainModel(new(r, b), s, seed, jitter); settled.Add(m2.Run(2000)); known2.Add(m2.Run(300));
                }
                output.WriteLine($"{(jitter ? "J" : "-")} {r}/{b}: never {first.Average(x => x.Seconds):0}/{first.Average(x => x.Refused) * 100:0.00}  known {known.Average(x => x.Seconds):0}/{known.Average(x => x.Refused) * 100:0.00}  known after 2000 {known2.Average(x => x.Seconds):0}/{known2.Average(x => x.Refused) * 100:0.00} settled {settled.Average(x => x.SettledRate) / r * 100:0}/{settled.Average(x => x.SettledRefused) * 100:0.00} firsts {first.Max(x => x.FirstSecond)} {known.Max(x => x.FirstSecond)}");
            }
    }
    [Fact]
    public void Grid()
    {
        var s = PaceSettings.Default;
        foreach (var jitter in new[] { false, true })
        {
            var slow = 0; var many = 0; var worst = 1.0; var worstR = 0.0;
            foreach (var r in new[] { 0.5, 0.7, 1, 1.4, 1.8, 2, 2.5, 3.5, 5, 7, 10, 14, 20 })
                foreach (var b in new[] { 1.0, 5, 20 })
                {
                    var runs = Enumerable.Range(1, 10).Select(seed => new DomainModel(new(r, b), s, seed, jitter).Run((int)Math.Max(2000, 600 * r))).ToList();
                    var share = runs.Average(x => x.SettledRate) / r; var refused = runs.Average(x => x.SettledRefused);
                    if (share < 0.9) slow++; if (refused > 0.01) many++;
                    worst = Math.Min(worst, share); worstR = Math.Max(worstR, refused);
                    if (share < 0.92 || refused > .004) output.WriteLine($"  {(jitter ? "J" : "-")} {r}/{b}: {share * 100:0.0} {refused * 100:0.00}");
                }
            output.WriteLine($"jitter {jitter}: slow {slow} many {many} worst {worst * 100:0.0} {worstR * 100:0.00}");
        }
    }
}
