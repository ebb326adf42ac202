#pragma warning disable
using Amble.Messages;
using Xunit;
namespace Amble.Simulation.Specs;
public sealed class DebugSpecs
{
    [Fact]
    public void Debug()
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("DBG") ?? "0");
        if (seed == 0) return;
        using var life = new SimulatedLife(LifePlan.Draw(seed));
        life.Trace = (l) => Console.WriteLine(l);
        life.Live();
        foreach (var s in life.Plan.Sites.Values)
        {
            Console.WriteLine($"SITE {s.Host} {s.Manners}");
            foreach (var p in s.Pages) Console.WriteLine($"   {p.Key} {p.Value.Status} {p.Value.Location} flaky {p.Value.FlakyTimes} hang {p.Value.Hangs} -> {string.Join(" ", p.Value.Links)}");
            foreach (var a in s.Arrivals.Take(400)) Console.WriteLine($"   {(a.At - LifePlan.Begin).TotalSeconds:F3} {a.Path} -> {a.Status} inc {a.Incarnation} ans {(a.AnsweredAt - LifePlan.Begin).TotalSeconds:F3} ra {a.RetryAfter}");
            Console.WriteLine("   STATUS " + life.Status(DomainName.Of(s.Host, 80)) + " MEM " + life.Store.Reads.ReadDomain(DomainName.Of(s.Host, 80)).Memory);
            Console.WriteLine("   WINDOW " + string.Join("\n", life.Store.Reads.ReadWindow(DomainName.Of(s.Host, 80), LifePlan.Begin.AddDays(40), 20).Units));
        }
        foreach (var j in life.Plan.Jobs) Console.WriteLine(j);
        foreach (var j in life.Jobs) Console.WriteLine(j);
        Console.WriteLine("DEATHS " + string.Join(" ", life.Plan.Deaths.Select(d => d - LifePlan.Begin)) + " cancel " + life.Plan.Cancel + " faults " + life.Plan.StoreFaults + " unpaced " + life.Plan.Unpaced);
        Console.WriteLine(string.Join("\n", LifeJudge.Judge(life)));
    }
}
