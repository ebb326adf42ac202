using Amble.App.Http;
using Amble.Messages;

namespace Amble.App.Export;

/// <summary>The broken links of some jobs beside those of a baseline.</summary>
public sealed class BaselineComparison
{
    private const int MostExamples = 20;

    private readonly List<BrokenLink> _examples = [];
    private readonly Dictionary<long, long> _knownPages = [];
    private readonly HashSet<LinkKey> _met = [];

    private BaselineComparison(Baseline baseline) => Baseline = baseline;

    public Baseline Baseline { get; }

    /// <summary>Broken links that the baseline has not.</summary>
    public long New { get; private set; }

    /// <summary>Broken links that it has.</summary>
    public long Known { get; private set; }

    /// <summary>Links of the baseline that were not found broken any more: mended, taken away, or on a page that was not visited.</summary>
    public long Fixed { get; private set; }

    /// <summary>The first new ones.</summary>
    public IReadOnlyList<BrokenLink> Examples => _examples;

    public bool IsNew(BrokenLink link) => !Baseline.Links.Contains(link.Key) && !Baseline.Wholes.Contains(Baseline.Whole(link.Target.Url));

    public bool IsNewChain(LinkKey chain) => !Baseline.Chains.Contains(chain);

    /// <summary>Broken pages of a job to which no new link leads.</summary>
    public long KnownPages(long job) => _knownPages.GetValueOrDefault(job);

    public static async Task<BaselineComparison> MakeAsync(Baseline baseline, IExportSource source, IEnumerable<JobSummary> jobs, CancellationToken stop)
    {
        var comparison = new BaselineComparison(baseline);
        foreach (var job in jobs)
        {
            await foreach (var broken in source.BrokenAsync(new JobId(job.Job), stop))
            {
                var fresh = comparison.New;
                await foreach (var link in source.LinksAsync(new JobId(job.Job), broken, stop))
                {
                    comparison.Add(link);
                }
                if (comparison.New == fresh)
                {
                    comparison._knownPages[job.Job] = comparison.KnownPages(job.Job) + 1;
                }
            }
        }
        comparison.Fixed = baseline.Links.Count - comparison._met.Count;
        return comparison;
    }

    private void Add(BrokenLink link)
    {
        if (!IsNew(link))
        {
            Known++;
            if (Baseline.Links.Contains(link.Key))
            {
                _met.Add(link.Key);
            }
            return;
        }
        New++;
        if (_examples.Count < MostExamples)
        {
            _examples.Add(link);
        }
    }
}
