using Amble.Messages;

namespace Amble.Behaviours.Inspection;

/// <summary>All inspection commands there are (DESIGN.md section 6, S-8).</summary>
public static class InspectionCommands
{
    private static readonly InspectionArgument _host = new("HOST", "HOST or HOST:PORT, such as example.org or example.org:8080", text => DomainName.TryRead(text, out _));

    private static readonly InspectionArgument _url = new(
        "URL", "http://HOST/PATH or https://HOST/PATH", text => PageUrl.TryParse(text, out _, out _));

    public static IReadOnlyList<InspectionCommand> All { get; } =
    [
        new("domains", null, "Domains that are awake or due: what each is doing, its delay, when it asks next, and what blocks it.", NeedsNode: true, DomainAnswers.AllAsync),
        new("domain", _host, "All clocks of one domain, what it asks next, its last decisions with their reasons, and how politely it was asked lately.", NeedsNode: false, DomainAnswers.OneAsync),
        new("why", _url, "Why a URL has not been fetched yet, or what became of it.", NeedsNode: false, WhyAnswers.OneAsync),
        new("jobs", null, "The newest jobs with their states and sums.", NeedsNode: false, JobAnswers.AllAsync),
        new("writer", null, "The writer's intake, its turns and its trouble.", NeedsNode: true, WriterAnswers.OneAsync),
        new("accesslog", null, "The access log of this node: what waits, what was stored and dropped, its gaps, and the views of each day.", NeedsNode: false, AccessLogAnswers.OneAsync),
        new("cards", null, "Cards in the store, what job ends left over, and what this node drew, skipped and failed.", NeedsNode: false, CardAnswers.OneAsync),
        new("retention", null, "What is stored by period, what has expired and how far behind its purge is.", NeedsNode: true, RetentionAnswers.OneAsync),
        new("shards", null, "Which node owns which domains.", NeedsNode: true, WriterAnswers.ShardsAsync),
    ];

    /// <summary>Their names, fit to follow "allowed are".</summary>
    public static string Names => string.Join(", ", All.Select(command => command.Usage));

    /// <summary>Null when there is none of that name.</summary>
    public static InspectionCommand? Find(string name) => All.FirstOrDefault(command => command.Name == name);
}
