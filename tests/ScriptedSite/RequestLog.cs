namespace Amble.ScriptedSites;

/// <summary>One request as the site saw it.</summary>
/// <param name="Number">In order of arrival, from 1.</param>
/// <param name="From">The address it came from.</param>
/// <param name="Path">Path and query as sent.</param>
/// <param name="ArrivedMs">Milliseconds of a monotonic clock since the site's start.</param>
/// <param name="LeftMs">When the answer was handed over; null while it is under way.</param>
/// <param name="Status">Null while it is under way; 0 when the connection ended without an answer.</param>
public sealed record LoggedRequest(long Number, int Domain, string From, string Method, string Path, double ArrivedMs, double? LeftMs, int? Status);

/// <summary>What arrived when: the judge of politeness and coverage.</summary>
internal sealed class RequestLog
{
    private readonly Lock _lock = new();
    private readonly List<LoggedRequest> _requests = [];
    private readonly Dictionary<(int Domain, string Path), int> _asked = [];

    /// <returns>Where it stands in the log, and how often its path has been asked for.</returns>
    public (int Place, int Nth) Arrived(int domain, string from, string method, string path, TimeSpan at)
    {
        lock (_lock)
        {
            var nth = _asked[(domain, path)] = _asked.GetValueOrDefault((domain, path)) + 1;
            _requests.Add(new LoggedRequest(_requests.Count + 1, domain, from, method, path, at.TotalMilliseconds, null, null));
            return (_requests.Count - 1, nth);
        }
    }

    public void Left(int place, TimeSpan at, int status)
    {
        lock (_lock)
        {
            _requests[place] = _requests[place] with { LeftMs = at.TotalMilliseconds, Status = status };
        }
    }

    public IReadOnlyList<LoggedRequest> Read()
    {
        lock (_lock)
        {
            return [.. _requests];
        }
    }
}
