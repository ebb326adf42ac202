using System.Data.Common;
using Amble.App.Sql.Periods;
using Amble.App.Sql.Writing;
using Amble.Behaviours.Crawl;
using Amble.Behaviours.Ports;
using Amble.Messages;

namespace Amble.App.Sql;

/// <summary>
/// The writer's hand: one connection, one transaction a turn. A turn with a bad row is undone and done again with a savepoint
/// around each command, so that only the command at fault is set aside and counted. Used by one thread at a time.
/// </summary>
public sealed class WriteStore : IWriteStore
{
    private const string CountRejected =
        """
        INSERT INTO rejected (command, reason, count) VALUES (?, ?, 1)
        ON CONFLICT (command, reason) DO UPDATE SET count = rejected.count + 1
        """;

    private readonly Database _database;
    private readonly PeriodStore _periods;
    private readonly StoredCounts _counts;
    private readonly StoreErrors _errors;
    private readonly TurnRows _rows;
    private readonly JobWrites _jobs;
    private readonly EndWrites _ends;
    private readonly RetryWrites _retries;
    private readonly ReportWrites _reports;
    private readonly LinkWrites _links;
    private readonly UnitWrites _units;
    private readonly DomainWrites _domains;
    private readonly PurgeWrites _purges;
    private readonly SitemapWrites _sitemaps;
    private readonly HitWrites _hits;
    private readonly CardWrites _cards;

    internal WriteStore(Database database, PeriodStore periods, StoredCounts counts, StoreErrors errors, TrapSettings traps, TimeSpan hitsKept, TimeProvider clock)
    {
        _database = database;
        _periods = periods;
        _counts = counts;
        _errors = errors;
        _rows = new TurnRows(database, periods, counts, traps);
        var requests = new RequestWrites(_rows);
        _sitemaps = new SitemapWrites(_rows, requests);
        _ends = new EndWrites(_rows);
        _links = new LinkWrites(_rows, _sitemaps, _ends);
        _jobs = new JobWrites(_rows, _links);
        _retries = new RetryWrites(_rows);
        _reports = new ReportWrites(_rows);
        _purges = new PurgeWrites(_rows, periods, clock);
        _units = new UnitWrites(_rows, requests);
        _domains = new DomainWrites(_rows, requests);
        var gaps = new HitGaps(database, hitsKept);
        _hits = new HitWrites(_rows, new HitSources(database, gaps), gaps, errors);
        _cards = new CardWrites(_rows);
    }

    /// <inheritdoc />
    public IReadOnlyList<WriterProtocol.IReply> Commit(IReadOnlyList<WriterProtocol.ICommand> commands)
    {
        try
        {
            try
            {
                return Turn(commands, Apply);
            }
            catch (DbException error) when (_errors.IsBadRow(error))
            {
                return Turn(commands, ApplyApart);
            }
        }
        catch (DbException error) when (_errors.IsUnavailable(error))
        {
            throw _errors.Unavailable(error);
        }
    }

    private IReadOnlyList<WriterProtocol.IReply> Turn(
        IReadOnlyList<WriterProtocol.ICommand> commands, Func<WriterProtocol.ICommand, WriterProtocol.IReply> apply)
    {
        var replies = new WriterProtocol.IReply[commands.Count];
        var isCommitted = false;
        try
        {
            // A server that was away may have lost what a slice did.
            var isAnew = _database.IsLost;
            _database.Begin();
            if (isAnew) _counts.Load();
            if (commands.All(command => command is RetentionProtocol.ISlice)) _database.MayLose();
            _rows.Begin(commands);
            for (var i = 0; i < replies.Length; i++) replies[i] = apply(commands[i]);
            _rows.Flush();
            _periods.Commit();
            _database.Commit();
            isCommitted = true;
            _periods.Stored();
            _counts.Stored();
            return replies;
        }
        finally
        {
            _rows.Forget();
            if (!isCommitted) Undo();
        }
    }

    private WriterProtocol.IReply ApplyApart(WriterProtocol.ICommand command)
    {
        _database["SAVEPOINT command"].Run();
        _periods.BeginCommand();
        try
        {
            var reply = command is WriterProtocol.SaveHits hits ? _hits.SaveApart(hits) : Apply(command);
            _rows.Flush();
            _database["RELEASE command"].Run();
            _periods.EndCommand();
            _counts.EndCommand();
            return reply;
        }
        catch (DbException error) when (_errors.IsBadRow(error))
        {
            _database["ROLLBACK TO command"].Run();
            _database["RELEASE command"].Run();
            _periods.RollbackCommand();
            _periods.EndCommand();
            _counts.RollbackCommand();
            _rows.Periods.Doubt();
            _rows.Forget();
            _rows.Known.Forget();
            _database[CountRejected].Bind(command.GetType().Name).Bind(error.Message).Run();
            return new WriterProtocol.Rejected(command, error.Message);
        }
    }

    private void Undo()
    {
        _rows.Known.Forget();
        _rows.Periods.Doubt();
        _database.Rollback();
        _periods.Undo();
        _counts.Undo();
    }

    private WriterProtocol.IReply Apply(WriterProtocol.ICommand command) => command switch
    {
        WriterProtocol.CloseVisit close => _units.Close(close),
        WriterProtocol.CloseWarm close => _units.Close(close),
        WriterProtocol.SaveLinks links => _links.Save(links),
        WriterProtocol.DeferUnit put => _units.Defer(put),
        WriterProtocol.CloseUnits close => _units.Close(close),
        WriterProtocol.CloseSitemap close => _sitemaps.Close(close),
        WriterProtocol.SaveMemory memory => _domains.Save(memory),
        WriterProtocol.SaveRobots robots => _domains.Save(robots),
        WriterProtocol.CreateJob create => _jobs.Create(create),
        WriterProtocol.SetJobState set => _jobs.Set(set),
        WriterProtocol.BeginEnd begin => _ends.Begin(begin),
        WriterProtocol.EndUnits end => _ends.End(end),
        WriterProtocol.SaveReport save => _reports.Save(save),
        WriterProtocol.EndJob end => _ends.End(end),
        WriterProtocol.ReopenUnits open => _retries.Reopen(open),
        WriterProtocol.DropReport drop => _reports.Drop(drop),
        WriterProtocol.EndRetry end => _retries.End(end),
        RetentionProtocol.DropPeriod drop => _purges.Drop(drop),
        RetentionProtocol.PurgeVisits purge => _purges.Purge(purge),
        RetentionProtocol.EmptyJob empty => _purges.Empty(empty),
        RetentionProtocol.PurgeFormer purge => _purges.Purge(purge),
        WriterProtocol.SaveHits save => _hits.Save(save),
        WriterProtocol.SaveCard save => _cards.Save(save),
        WriterProtocol.NameCards name => _cards.Mark(name),
        WriterProtocol.SetCardsLeft set => _cards.Set(set),
        WriterProtocol.DropCards drop => _cards.Clear(drop),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "A command that this store does not know."),
    };
}
