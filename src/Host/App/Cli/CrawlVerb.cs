using System.CommandLine;
using Amble.App.Settings;
using Amble.Messages;

namespace Amble.App.Cli;

/// <summary><c>amble crawl</c>: crawls each start URL as a job and tells what is broken.</summary>
public sealed class CrawlVerb : Verb
{
    private readonly Argument<string[]> _urls = new("URL") { Arity = ArgumentArity.ZeroOrMore, Description = "where to start; each start URL is a job" };
    private readonly Option<string?> _seeds = SharedOptions.Text("--seeds", "FILE", "start URLs from a file, one a line, # begins a comment");
    private readonly Option<string?> _maxPages = SharedOptions.Text("--max-pages", "N", "pages of each job (default: unlimited)");
    private readonly Option<string?> _maxDepth = SharedOptions.Text("--max-depth", "N", "links away from the start URL (default: unlimited)");
    private readonly Option<string[]> _include = Globs("--include", "take only URLs that match; may be repeated");
    private readonly Option<string[]> _exclude = Globs("--exclude", "do not take URLs that match; may be repeated");
    private readonly Option<bool> _unpaced = SharedOptions.Flag("--unpaced", "no delay between requests; loopback and private addresses only");
    private readonly Option<bool> _warm = SharedOptions.Flag("--warm", "visit a page a second time where a cache had not got it, and tell whether it has now");
    private readonly CrawlFileOptions _files = new();

    public CrawlVerb() => Syntax = _files.AddTo(new Command("crawl", "Crawl sites at the pace they can bear and tell what is broken.")
    {
        _urls, _seeds, _maxPages, _maxDepth, _include, _exclude, SharedOptions.Concurrency("most requests in flight for all jobs together (default: 20)"),
        SharedOptions.Data(), SharedOptions.Postgres(), SharedOptions.ConnectTo(), SharedOptions.AllowPrivate(), _unpaced, _warm,
    });

    public override Command Syntax { get; }

    public override async Task<ExitCode> RunAsync(ParseResult line, DoorContext context, CancellationToken stop)
    {
        var (request, problems) = Read(line, context);
        if (request is null)
        {
            return context.Refuse(problems);
        }
        if (request.Unpaced && await NotLocalAsync(request, stop) is { Count: > 0 } outside)
        {
            return context.Refuse(outside.Select(host => new Problem("--unpaced", host, "loopback and private addresses only, since without a pace any other site would be flooded").ToString()));
        }
        return await new CrawlRun(request, context).RunAsync(stop);
    }

    /// <summary>The request, or all that is wrong with it.</summary>
    public (CrawlRequest? Request, IReadOnlyList<string> Problems) Read(ParseResult line, DoorContext context)
    {
        var problems = SyntaxProblems(line).ToList();
        var (settings, wrong) = ReadSettings(line, context);
        var starts = new List<PageUrl>();
        var remarks = new List<string>();
        ReadUrls(line.GetValue(_urls) ?? [], starts, remarks, problems);
        if (line.GetValue(_seeds) is { } seeds)
        {
            var fromFile = SeedsFile.Read(seeds);
            starts.AddRange(fromFile.Starts);
            remarks.AddRange(fromFile.Remarks);
            problems.AddRange(fromFile.Problems.Select(problem => problem.ToString()));
        }
        if (starts.Count == 0 && problems.Count == 0)
        {
            problems.Add($"A start URL is missing; allowed is {StartUrl.Allowed}, or --seeds FILE.");
        }
        problems.AddRange(wrong.Select(problem => problem.ToString()));
        var files = _files.Read(line, problems);
        var limits = new JobLimits(
            Number(line, _maxPages, 1, problems), Number(line, _maxDepth, 0, problems), line.GetValue(_include) ?? [], line.GetValue(_exclude) ?? []);
        problems.AddRange(limits.Include.Concat(limits.Exclude).Where(string.IsNullOrWhiteSpace).Select(_ => "--include or --exclude: '' is not allowed; allowed is a glob such as /blog/*."));
        if (!settings.AllowPrivate)
        {
            problems.AddRange(Private(starts, settings.ConnectTo).Select(problem => problem.ToString()));
        }
        return problems.Count > 0
            ? (null, problems.Distinct().ToList())
            : (new CrawlRequest([.. starts.Distinct()], remarks, limits, settings, line.GetValue(_unpaced), line.GetValue(_warm), files, Resuming(line, settings)), []);
    }

    private void ReadUrls(string[] texts, List<PageUrl> starts, List<string> remarks, List<string> problems)
    {
        var afterUnknownOption = false;
        foreach (var text in texts)
        {
            var isOption = text.StartsWith('-');
            if (isOption)
            {
                problems.Add(Unknown(text));
            }
            else if (StartUrl.TryRead(text, out var start, out var remark))
            {
                starts.Add(start);
                remarks.AddRange(remark is null ? [] : [remark]);
            }
            else if (!afterUnknownOption)
            {
                // What follows an unknown option is likely its value, and told with it.
                problems.Add(new Problem("URL", text, StartUrl.Allowed).ToString());
            }
            afterUnknownOption = isOption;
        }
    }

    private static IEnumerable<Problem> Private(List<PageUrl> starts, HostPort? connectTo)
    {
        const string allowed = "a public address; loopback and private ones need --allow-private";
        return connectTo is null
            ? starts.Where(start => LocalAddresses.ContainsLiteral(start.Host)).Select(start => new Problem("URL", start.Text, allowed))
            : LocalAddresses.ContainsLiteral(connectTo.Host) ? [new Problem("--connect-to", connectTo.ToString(), allowed)] : [];
    }

    private static async Task<List<string>> NotLocalAsync(CrawlRequest request, CancellationToken stop)
    {
        var outside = new List<string>();
        var hosts = request.Settings.ConnectTo is { } target ? [target.Host] : request.Starts.Select(start => start.Host).Distinct().ToList();
        foreach (var host in hosts)
        {
            if (!await LocalAddresses.ContainsAllOfAsync(host, stop))
            {
                outside.Add(host);
            }
        }
        return outside;
    }

    private static int? Number(ParseResult line, Option<string?> option, int least, List<string> problems)
    {
        if (line.GetValue(option) is not { } text)
        {
            return null;
        }
        if (WholeNumber.TryParse(text, least, int.MaxValue, out var number))
        {
            return number;
        }
        if (!text.StartsWith("--", StringComparison.Ordinal))
        {
            problems.Add(new Problem(option.Name, text, WholeNumber.Between(least, int.MaxValue)).ToString());
        }
        return null;
    }

    private static string Resuming(ParseResult line, EffectiveSettings settings) =>
        "amble " + string.Join(' ', line.Tokens.Select(token => ShellWord.Quote(token.Value == settings.Postgres ? settings.StoreOption.Value : token.Value)));

    private static Option<string[]> Globs(string name, string description) =>
        new(name) { HelpName = "GLOB", Description = description, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
}
