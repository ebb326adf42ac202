using static Amble.Messages.WriterProtocol;

namespace Amble.App.Sql.Writing;

/// <summary>What a domain must not forget, and what its origins said about robots.</summary>
internal sealed class DomainWrites(TurnRows rows, RequestWrites requests)
{
    private const string UpsertRobots =
        """
        INSERT INTO robots (domain_id, origin, status, body, reachable, fetched_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (domain_id, origin) DO UPDATE SET status = excluded.status, body = excluded.body, reachable = excluded.reachable,
            fetched_at = excluded.fetched_at, expires_at = excluded.expires_at
        """;

    public MemorySaved Save(SaveMemory command)
    {
        rows.Domains.Of(command.Memory.Name).Remember(command.Memory, command.At);
        return new MemorySaved(command.Memory.Name);
    }

    public RobotsSaved Save(SaveRobots command)
    {
        var domain = rows.Domains.Of(command.Domain);
        domain.Remember(command.Memory, command.At);
        if (command.Request is { } request) requests.Append(request, domain);
        if (command.Robots is { } robots)
        {
            rows.Database[UpsertRobots]
                .Bind(domain.Id).Bind(robots.Origin).Bind(robots.Status).Bind(robots.Body).Bind(robots.Reachable)
                .Bind(StoredTime.Milliseconds(robots.FetchedAt)).Bind(StoredTime.Milliseconds(robots.ExpiresAt)).Put();
        }
        return new RobotsSaved(command.Domain, command.Robots?.Origin);
    }
}
