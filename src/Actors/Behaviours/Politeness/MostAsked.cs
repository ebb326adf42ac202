using Amble.Messages;

namespace Amble.Behaviours.Politeness;

/// <summary>
/// The domains of a job that were asked most: of more than <see cref="MostDomains"/> the rest is left out, and only the first
/// <see cref="MostPictures"/> keep what their charts are drawn from, so that a report is bounded however many hosts a site has.
/// </summary>
public sealed class MostAsked
{
    public const int MostDomains = 1_000;
    public const int MostPictures = 100;

    private List<DomainPoliteness> _domains = [];

    public void Add(DomainPoliteness domain)
    {
        _domains.Add(domain);
        if (_domains.Count == 2 * MostDomains) _domains = [.. Ranked()];
    }

    /// <summary>Most asked first; those asked as often by name.</summary>
    public IReadOnlyList<DomainPoliteness> Ranked() =>
    [
        .. _domains.OrderByDescending(domain => domain.Requests).ThenBy(domain => domain.Domain.Value, StringComparer.Ordinal).Take(MostDomains)
            .Select((domain, rank) => rank < MostPictures ? domain : domain with { Picture = null }),
    ];
}
