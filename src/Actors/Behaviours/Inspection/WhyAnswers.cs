using System.Text.Json.Nodes;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Behaviours.Inspection;

/// <summary>What became of one URL in the newest jobs that met it, and what it waits for.</summary>
internal static class WhyAnswers
{
    private const int MostJobs = 5;

    public static async Task<InspectionAnswer> OneAsync(Inspected of, string argument, CancellationToken stop)
    {
        if (!PageUrl.TryParse(argument, out var url, out _)) throw new ArgumentException("The argument was not judged.", nameof(argument));
        var met = of.Store.ReadMet(url, MostJobs + 1);
        if (met.Count == 0) return new InspectionAnswer("why", argument, [WhyRule.NotKnown(url)], []);
        var sentences = new List<string>();
        foreach (var one in met.Take(MostJobs))
        {
            var limits = of.Pages.ReadJob(one.Unit.Job)?.Job.Asked.Limits ?? JobLimits.None;
            sentences.Add($"Job {one.Unit.Job}: {WhyRule.Of(one, limits, await AskAsync(of, url, one, stop).ConfigureAwait(false), of.Now)}");
        }
        return new InspectionAnswer("why", argument, sentences, [InspectionTable.Of("jobs", met, MostJobs, Row)]);
    }

    private static async Task<Heard> AskAsync(Inspected of, PageUrl url, MetUrl met, CancellationToken stop)
    {
        if (of.Running is null) return new Heard.NoNode(of.Pages.ReadDomain(url.Domain).Memory);
        // What has ended, and what waits for its time, waits for nobody.
        if (met.Lot != UnitLot.Open || met.Job != JobState.Running) return new Heard.Asleep();
        try
        {
            return await of.Running.ReadStandingAsync(url.Domain, met.Unit, stop).ConfigureAwait(false) is { } standing
                ? new Heard.Told(standing) : new Heard.Asleep(of.Pages.ReadDomain(url.Domain).Memory);
        }
        catch (TimeoutException)
        {
            return new Heard.Nothing();
        }
    }

    private static JsonObject Row(MetUrl met) => new()
    {
        ["job"] = met.Unit.Job.Value,
        ["state"] = Cell.Word(met.Job),
        ["kind"] = Cell.Word(met.Kind),
        ["lot"] = Cell.Word(met.Lot),
        ["keptOutBy"] = met.Why is { } why ? Cell.Word(why) : null,
        ["dueAt"] = met.Lot == UnitLot.Open ? Cell.Instant(met.DueAt) : null,
        ["tries"] = met.Tries,
        ["class"] = met.Class is { } of ? Cell.Word(of) : null,
        ["status"] = met.Status,
        ["visitedAt"] = Cell.Instant(met.VisitedAt),
    };
}

/// <summary>What the URL's domain said of it.</summary>
internal abstract record Heard
{
    private Heard() { }

    public sealed record Told(DomainProtocol.Standing Standing) : Heard;

    /// <param name="Stored">What the store has of it; null when that does not matter.</param>
    public sealed record Asleep(DomainMemory? Stored = null) : Heard;

    /// <summary>Whoever owns the domain did not answer in time.</summary>
    public sealed record Nothing : Heard;

    /// <inheritdoc cref="Asleep" />
    public sealed record NoNode(DomainMemory? Stored = null) : Heard;
}
