using System.Text.Json.Nodes;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.Behaviours.Inspection;

/// <summary>Domains, all in short and one in full.</summary>
internal static class DomainAnswers
{
    /// <summary>Domains that are told of; a longer list says that it is one.</summary>
    private const int MostDomains = 50;

    public static async Task<InspectionAnswer> AllAsync(Inspected of, string argument, CancellationToken stop)
    {
        var awake = await of.Running!.ReadAwakeAsync(MostDomains, stop).ConfigureAwait(false);
        var names = awake.Domains.Select(one => one.Domain).ToHashSet();
        var due = of.Store.ReadDueDomains(of.Now, MostDomains).Where(one => !names.Contains(one.Domain)).ToList();
        var count = awake.Domains.Count + awake.More;
        return new InspectionAnswer("domains", null,
            [$"{Count(count)} awake{(awake.More > 0 ? $"; the first {awake.Domains.Count} by name are told" : "")}.",
             due.Count == 0 ? "No other domain is due." : $"{(due.Count > MostDomains ? "More than " : "")}{Count(Math.Min(due.Count, MostDomains))} due and asleep."],
            [new InspectionTable("awake", awake.More == 0, [.. awake.Domains.Select(Row)]),
             InspectionTable.Of("due", due, MostDomains, one => new JsonObject { ["domain"] = one.Domain.Value, ["dueAt"] = Cell.Instant(one.DueAt) })]);
    }

    public static async Task<InspectionAnswer> OneAsync(Inspected of, string argument, CancellationToken stop)
    {
        if (!DomainName.TryRead(argument, out var name)) throw new ArgumentException("The argument was not judged.", nameof(argument));
        var answer = await ClocksAsync(of, argument, name, stop).ConfigureAwait(false);
        return of.Politeness?.ReadPoliteness(name, of.Now - PolitenessRow.Lately, stop) is { } polite
            ? answer with { Sentences = [.. answer.Sentences, PolitenessRow.Sentence(polite)], Tables = [.. answer.Tables, InspectionTable.Single("politeness", PolitenessRow.Of(polite))] }
            : answer;
    }

    private static async Task<InspectionAnswer> ClocksAsync(Inspected of, string argument, DomainName name, CancellationToken stop)
    {
        var why = "This";
        if (of.Running is { } running)
        {
            try
            {
                if (await running.ReadDetailsAsync(name, stop).ConfigureAwait(false) is { } details) return Awake(argument, details);
                why = "It is asleep; this";
            }
            catch (TimeoutException)
            {
                why = $"Whoever owns it did not answer within {IInspection.Deadline.TotalSeconds:0} s; this";
            }
        }
        var read = of.Pages.ReadDomain(name);
        var isKnown = read.Robots.Count > 0 || read.Memory with { ProbeWait = default } != DomainMemory.Blank(name) with { ProbeWait = default };
        return isKnown ? Asleep(argument, name, read, why) : new InspectionAnswer("domain", argument, [$"{name} is not known: no job has asked it for anything."], []);
    }

    private static InspectionAnswer Awake(string argument, DomainProtocol.Details d) => new("domain", argument, [$"{d.Status.Domain} is awake: {d.Status.Doing}."],
    [
        InspectionTable.Single("clocks", new JsonObject
        {
            ["domain"] = d.Status.Domain.Value,
            ["doing"] = d.Status.Doing,
            ["delaySeconds"] = Cell.Seconds(d.Status.Delay),
            ["learnedSeconds"] = Cell.Seconds(d.Learned),
            ["crawlDelaySeconds"] = Cell.Seconds(d.Status.CrawlDelay),
            ["heldSeconds"] = Cell.Seconds(d.Held),
            ["refusedSeconds"] = Cell.Seconds(d.Refused),
            ["goodInARow"] = d.Streak,
            ["slots"] = d.Status.Slots,
            ["inFlight"] = d.Status.InFlight,
            ["saving"] = d.Status.Saving,
            ["ready"] = d.Status.Ready,
            ["moreInStore"] = d.MoreInStore,
            ["nextDue"] = Cell.Instant(d.NextDue),
            ["nextStartAt"] = Cell.Instant(d.Status.NextStartAt),
            ["restUntil"] = Cell.Instant(d.RestUntil),
            ["blockedUntil"] = Cell.Instant(d.Status.BlockedUntil),
            ["blockReason"] = d.Status.BlockReason,
            ["lastStartAt"] = Cell.Instant(d.LastStartAt),
            ["lastGoodAt"] = Cell.Instant(d.LastGoodAt),
            ["barrenSince"] = Cell.Instant(d.BarrenSince),
        }),
        new InspectionTable("robots", d.Robots.Count < DomainProtocol.Details.MostOrigins, [.. d.Robots.Select(Row)]),
        new InspectionTable("next", d.Status.Ready == d.Next.Count && !d.MoreInStore, [.. d.Next.Select(Row)]),
        new InspectionTable("decisions", true, [.. d.Decisions.Select(Row)]),
    ]);

    private static InspectionAnswer Asleep(string argument, DomainName name, DomainRead read, string why) => new("domain", argument, [$"{why} is what the store has of {name}."],
    [
        InspectionTable.Single("clocks", new JsonObject
        {
            ["domain"] = name.Value,
            ["learnedSeconds"] = Cell.Seconds(read.Memory.Delay),
            ["heldSeconds"] = Cell.Seconds(read.Memory.Held),
            ["refusedSeconds"] = Cell.Seconds(read.Memory.Refused),
            ["blockedUntil"] = Cell.Instant(read.Memory.BlockedUntil),
            ["blockReason"] = read.Memory.BlockReason,
            ["lastStartAt"] = Cell.Instant(read.Memory.LastStartAt),
            ["lastGoodAt"] = Cell.Instant(read.Memory.LastGoodAt),
            ["barrenSince"] = Cell.Instant(read.Memory.BarrenSince),
        }),
        InspectionTable.Of("robots", read.Robots, DomainProtocol.Details.MostOrigins,
            record => Row(new DomainProtocol.RobotsSeen(record.Origin, record.Status, record.Reachable, record.FetchedAt, record.ExpiresAt))),
    ]);

    private static JsonObject Row(AwakeDomain one) => new()
    {
        ["domain"] = one.Domain.Value,
        ["doing"] = one.Status?.Doing ?? "does not answer",
        ["delaySeconds"] = Cell.Seconds(one.Status?.Delay),
        ["inFlight"] = one.Status?.InFlight,
        ["saving"] = one.Status?.Saving,
        ["ready"] = one.Status?.Ready,
        ["nextStartAt"] = Cell.Instant(one.Status?.NextStartAt),
        ["blockedUntil"] = Cell.Instant(one.Status?.BlockedUntil),
    };

    private static JsonObject Row(DomainProtocol.RobotsSeen robots) => new()
    {
        ["origin"] = robots.Origin,
        ["status"] = robots.Status,
        ["reachable"] = robots.Reachable,
        ["fetchedAt"] = Cell.Instant(robots.FetchedAt),
        ["expiresAt"] = Cell.Instant(robots.ExpiresAt),
    };

    private static JsonObject Row(DomainProtocol.NextUnit unit) => new()
    {
        ["dueAt"] = Cell.Instant(unit.DueAt),
        ["job"] = unit.Job.Value,
        ["kind"] = Cell.Word(unit.Kind),
        ["url"] = unit.Url.Text,
    };

    private static JsonObject Row(DecisionMade made) => new()
    {
        ["at"] = Cell.Instant(made.At),
        ["what"] = Cell.Word(made.Kind),
        ["reason"] = made.Reason,
        ["url"] = made.Url?.Text,
    };

    private static string Count(long domains) => domains == 1 ? "1 domain is" : $"{domains} domains are";
}
