using Amble.App.Sql.Writing;
using Amble.Messages;

namespace Amble.App.Sql.Postgres;

/// <summary>
/// Reads what a turn's commands will ask for, by kind and not by command, so that a turn costs as many round trips however many commands it
/// has. What a command asks beyond that it asks by itself.
/// </summary>
internal static class TurnAhead
{
    public static void Read(TurnRows rows, UnitRowsAtOnce units, LinkRowsAtOnce links, IReadOnlyList<WriterProtocol.ICommand> commands)
    {
        var asked = new Asked();
        foreach (var command in commands) asked.Add(command);
        var found = asked.Found.Where(one => rows.Known.IsSettled(one.Job, one.Url) != true).ToList();
        var database = (PostgresDatabase)rows.Database;
        Take(
            rows.Jobs.Prepare(database, asked.Jobs),
            rows.Domains.Prepare(database, [.. asked.Domains.Concat(found.Select(one => one.Url.Domain)).Distinct()]),
            units.Prepare(asked.Units, asked.Visits),
            rows.Traps.Prepare(database, found));
        database.Confirm();
        // These need the domains' numbers.
        Take(
            units.Prepare([.. asked.Requests.Select(one => (one.Request, rows.Domains.Of(one.Domain)))]),
            links.Prepare([.. found.Select(one => (one.Job, one.Url, rows.Domains.Of(one.Url.Domain)))]));
    }

    // All are asked by now, so the first answer that is taken brings all of them.
    private static void Take(params Action[] answers)
    {
        foreach (var answer in answers) answer();
    }

    private sealed class Asked
    {
        public HashSet<JobId> Jobs { get; } = [];
        public HashSet<DomainName> Domains { get; } = [];
        public HashSet<UnitKey> Units { get; } = [];
        public List<(RequestMade Request, DomainName Domain)> Requests { get; } = [];
        public List<(JobId Job, PageUrl Url)> Found { get; } = [];
        public int Visits { get; private set; }

        public void Add(WriterProtocol.ICommand command)
        {
            switch (command)
            {
                case WriterProtocol.CloseVisit close:
                    Visits++;
                    Add(close.Visit.Key, close.Request, close.Memory.Name);
                    break;
                case WriterProtocol.CloseWarm close:
                    Add(close.Unit, close.Request, close.Memory.Name);
                    break;
                case WriterProtocol.CloseSitemap close:
                    Add(close.Sitemap.Key, close.Request, close.Memory.Name);
                    break;
                case WriterProtocol.DeferUnit put:
                    Add(put.Unit.Key, put.Request, put.Memory.Name);
                    break;
                case WriterProtocol.SaveRobots save:
                    Domains.Add(save.Domain);
                    if (save.Request is { Page: { } page } request) Add(new UnitKey(request.Job, page), request, save.Domain);
                    break;
                case WriterProtocol.SaveMemory save:
                    Domains.Add(save.Memory.Name);
                    break;
                case WriterProtocol.CloseUnits close:
                    Jobs.Add(close.Job);
                    Units.UnionWith(close.Pages.Select(page => new UnitKey(close.Job, page)));
                    break;
                case WriterProtocol.SaveLinks save:
                    Jobs.Add(save.Source.Job);
                    Found.AddRange(save.Found.Where(one => one.Kind == UnitKind.Page).Select(one => (save.Source.Job, one.Url)));
                    Found.AddRange(save.Excluded.Select(one => (save.Source.Job, one.Url)));
                    break;
            }
        }

        private void Add(UnitKey unit, RequestMade? request, DomainName domain)
        {
            Jobs.Add(unit.Job);
            Units.Add(unit);
            Domains.Add(domain);
            if (request is not null) Requests.Add((request, domain));
        }
    }
}
