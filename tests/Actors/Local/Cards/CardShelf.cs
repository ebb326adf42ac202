using Amble.Behaviours.Ports;
using Amble.Local;
using Amble.Messages;

namespace Amble.Actors.Specs.Local.Cards;

/// <summary>A store in memory that knows pages of one ended job, takes what a writer would and says what it has; it may stand still.</summary>
internal sealed class CardShelf : ICardReads, IPageReads, IReportReads, IPageLists, IViewCounts, IWriterLane
{
    public static readonly JobId Job = new(1);
    public static readonly CardSubject Site = new(CardKind.Site, 7);

    private static readonly PageUrl _start = PageUrl.FromStored("http://a.test/");
    private readonly Lock _gate = new();
    private readonly Dictionary<CardSubject, CardStanding> _standings = [];
    private readonly Dictionary<string, byte[]> _cards = [];
    private readonly List<WriterProtocol.ICommand> _commands = [];
    private readonly List<(WriterProtocol.ICommand Command, Action<WriterProtocol.IReply> Answer)> _held = [];
    private bool _isStill;

    public Dictionary<long, long> Views { get; } = [];
    public HashSet<long> Gone { get; } = [];
    public int Pages { get; set; } = 3;

    /// <summary>The job's pages carried over, as a writer was told.</summary>
    public long? Left { get; private set; }

    public bool HasRoom { get; set; } = true;

    public IReadOnlyList<WriterProtocol.ICommand> Commands
    {
        get { lock (_gate) return [.. _commands]; }
    }

    public static CardSubject Page(long id) => new(CardKind.Page, id);

    /// <summary>Takes commands and answers none, until it moves again.</summary>
    /// <summary>Commands that wait while it stands still.</summary>
    public int Held
    {
        get { lock (_gate) return _held.Count; }
    }

    public void StandStill(bool isStill)
    {
        List<(WriterProtocol.ICommand Command, Action<WriterProtocol.IReply> Answer)> held;
        lock (_gate)
        {
            _isStill = isStill;
            held = [.. isStill ? [] : _held];
            if (!isStill) _held.Clear();
        }
        foreach (var (command, answer) in held) Take(command, answer);
    }

    public bool Offer(WriterProtocol.ICommand command, Action<WriterProtocol.IReply> answer)
    {
        Take(command, answer);
        return true;
    }

    public void Take(WriterProtocol.ICommand command, Action<WriterProtocol.IReply> answer)
    {
        WriterProtocol.IReply reply;
        lock (_gate)
        {
            if (_isStill)
            {
                _held.Add((command, answer));
                return;
            }
            _commands.Add(command);
            reply = Store(command);
        }
        answer(reply);
    }

    public string? HashOf(CardSubject subject) => ReadStanding(subject)?.Hash;

    public CardStanding? ReadStanding(CardSubject subject)
    {
        lock (_gate) return _standings.GetValueOrDefault(subject);
    }

    public byte[]? ReadCard(string hash)
    {
        lock (_gate) return _cards.GetValueOrDefault(hash);
    }

    public bool HasCard(string hash) => ReadCard(hash) is not null;

    public CardSubject? FindSite(DomainName domain) => Site;

    public DomainName? ReadSite(CardSubject site) => _start.Domain;

    public IReadOnlyList<PageId> ReadUncarded(JobId job, DateTimeOffset now, int limit)
    {
        lock (_gate) return [.. Uncarded.Where(id => !(_standings.GetValueOrDefault(Page(id))?.RetryAt > now)).Take(limit).Select(id => new PageId(id))];
    }

    public long CountUncarded(JobId job)
    {
        lock (_gate) return Uncarded.Count();
    }

    public IReadOnlyList<(JobId Job, long Left)> ReadLeft(int limit) => Left is > 0 and var left ? [(Job, left)] : [];

    public IReadOnlyList<(CardSubject Subject, string Hash)> ReadNamed(CardSubject? after, int limit)
    {
        lock (_gate)
        {
            return
            [
                .. _standings.Where(one => one.Value.Hash is not null && (after is not { } last || (one.Key.Kind, one.Key.Id).CompareTo((last.Kind, last.Id)) > 0))
                    .OrderBy(one => one.Key.Kind).ThenBy(one => one.Key.Id).Take(limit).Select(one => (one.Key, one.Value.Hash!)),
            ];
        }
    }

    public CardSums ReadCardSums(DateTimeOffset now) => default;

    public IReadOnlyList<long> ViewsOf(IReadOnlyList<CardSubject> subjects) => [.. subjects.Select(one => Views.GetValueOrDefault(one.Id))];

    public JobView? ReadJob(JobId job) => new(
        new JobSpec(Job, new NewJob(_start, JobLimits.None, 1, false, false)), JobState.Completed, null, default, null, null, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), null, Pages, 0,
        new JobCounts(Pages, 0, 0, 0, 0, 0, Pages, 0, 0, 0));

    public IReadOnlyList<JobView> ReadJobs(int limit, JobId? before, string? site) => before is null ? [ReadJob(Job)!] : [];

    public PageView? ReadPage(PageId page) => new(page, PageUrl.FromStored($"http://a.test/{page.Value}"), null);

    public IReadOnlyList<(JobId Job, VisitView Visit)> ReadVisitsOf(PageId page, int limit) => Gone.Contains(page.Value) ? [] :
        [(Job, new VisitView(page, PageUrl.FromStored($"http://a.test/{page.Value}"), StatusClass.Ok, 200, default, 5, 1, null, $"Page {page.Value}", null, null, 0, 1))];

    public IReadOnlyList<ReportPage> ReadSlow(JobId job, int limit, int? after) => [];

    public JobView? ReadUnfinished(PageUrl start) => null;

    public IReadOnlyList<VisitView> ReadVisits(JobId job, StatusClass? only, int limit, PageId? after) => [];

    public IReadOnlyList<ExcludedView> ReadExcluded(JobId job) => [];

    public IReadOnlyList<SitemapView> ReadSitemaps(JobId job) => [];

    public DomainRead ReadDomain(DomainName domain) => new(DomainMemory.Blank(domain), []);

    public IReadOnlyList<SumView> ReadSums(JobId job) => [];

    public IReadOnlyList<ReportPage> ReadBroken(JobId job, int limit, int? after) => [];

    public IReadOnlyList<ReportSource> ReadSources(JobId job, PageId target, int limit, int? after) => [];

    public IReadOnlyList<ReportPage> ReadRedirects(JobId job, int limit, int? after) => [];

    public PageList ReadPages(JobId job, PageQuery query) => new([], null);

    public VisitDetails? ReadDetails(JobId job, PageId page) => null;

    public ReportSource? ReadFoundOn(JobId job, PageId page) => null;

    public IReadOnlyList<ReportHop> ReadChain(JobId job, PageId page) => [];

    private IEnumerable<long> Uncarded => Enumerable.Range(1, Pages).Select(id => (long)id).Where(id => _standings.GetValueOrDefault(Page(id))?.Hash is null);

    private WriterProtocol.IReply Store(WriterProtocol.ICommand command)
    {
        switch (command)
        {
            case WriterProtocol.SaveCard save:
                _cards[save.Hash] = save.Png;
                return new WriterProtocol.CardSaved(save.Hash);
            case WriterProtocol.NameCards name:
                foreach (var mark in name.Marks) Store(mark);
                return new WriterProtocol.CardsNamed(name.Marks.Count);
            case WriterProtocol.SetCardsLeft set:
                Left = set.Left;
                return new WriterProtocol.CardsLeftSet(set.Job);
            case WriterProtocol.DropCards:
                return new WriterProtocol.CardsDropped(0, false);
            default:
                throw new InvalidOperationException($"This shelf does not know {command.GetType().Name}.");
        }
    }

    private void Store(CardMark mark)
    {
        if (mark is { Hash: null, RetryAt: null }) _standings.Remove(mark.Subject);
        else _standings[mark.Subject] = new CardStanding(mark.Hash ?? _standings.GetValueOrDefault(mark.Subject)?.Hash, mark.Failures, mark.RetryAt, mark.Error);
    }
}
