using System.Globalization;
using Amble.App.Export;
using Amble.App.Settings;
using Amble.Messages;
using Microsoft.AspNetCore.Mvc;

namespace Amble.App.Http;

/// <summary>The API's lists of a job: its pages, what is broken with its links, its redirects. All are read in steps of a key.</summary>
public static class ExportRoutes
{
    /// <summary>Most rows in one answer.</summary>
    public const int MostRows = 1000;

    private const int UsualRows = 100;

    public static void Map(IEndpointRouteBuilder app)
    {
        var job = app.MapGroup("/api/jobs/{id:long:min(1)}").WithTags("Jobs");
        job.MapGet("pages", PagesAsync).WithSummary("Pages of a job by number; class narrows them down, after is the next of the list before; format=csv gives all of them as one table.")
            .Produces<Slice<PageRow>>(StatusCodes.Status200OK, "application/json", "text/csv").ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status400BadRequest);
        job.MapGet("broken", BrokenAsync).WithSummary("Broken pages, most linked first; after is the next of the list before.")
            .Produces<Slice<BrokenRow>>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status400BadRequest);
        job.MapGet("broken/{page:long:min(1)}/sources", SourcesAsync).WithSummary("Pages that link to a broken one, with the links' texts; after is the next of the list before.")
            .Produces<Slice<LinkRow>>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status400BadRequest);
        job.MapGet("redirects", RedirectsAsync).WithSummary("Redirects, each with the chain that follows; after is the next of the list before.")
            .Produces<Slice<RedirectRow>>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> PagesAsync(
        long id, ServeNode served, CancellationToken stop, [FromQuery(Name = "class")] string? @class = null, string? format = null, string? limit = null, string? after = null)
    {
        var problems = new List<Problem>();
        if (format is not (null or "json" or "csv"))
        {
            problems.Add(new Problem("format", format, "json or csv"));
        }
        StatusClass? only = ClassNames.TryParse(@class, out var one) ? one : null;
        if (only is null && @class is not null)
        {
            problems.Add(new Problem("class", @class, ClassNames.Allowed));
        }
        var (most, last) = ReadStep(limit, after, problems);
        if (format == "csv")
        {
            problems.AddRange(limit is null ? [] : [new Problem("limit", limit, "none with format=csv, which gives all pages")]);
            problems.AddRange(after is null ? [] : [new Problem("after", after, "none with format=csv, which gives all pages")]);
        }
        if (problems.Count > 0)
        {
            return Answers.Wrong(problems);
        }
        if (served.Node.Reads.ReadJob(new JobId(id)) is not { } view)
        {
            return Answers.NoSuchJob(id);
        }
        var source = served.Node.Exports();
        return format == "csv"
            ? new CsvAnswer(new ExportInput(source, [JobSummary.Of(view, null)], only, null), $"amble-job-{id}{(only is null ? "" : "-" + @class)}.csv")
            : Results.Ok(await source.ReadPagesAsync(new JobId(id), only, most, last, stop));
    }

    private static Task<IResult> BrokenAsync(long id, ServeNode served, CancellationToken stop, string? limit = null, string? after = null) =>
        ListAsync(id, served, limit, after, (source, most, last) => source.ReadBrokenAsync(new JobId(id), most, last, stop));

    private static Task<IResult> SourcesAsync(long id, long page, ServeNode served, CancellationToken stop, string? limit = null, string? after = null) =>
        ListAsync(id, served, limit, after, (source, most, last) => source.ReadSourcesAsync(new JobId(id), page, most, last, stop));

    private static Task<IResult> RedirectsAsync(long id, ServeNode served, CancellationToken stop, string? limit = null, string? after = null) =>
        ListAsync(id, served, limit, after, (source, most, last) => source.ReadRedirectsAsync(new JobId(id), most, last, stop));

    private static async Task<IResult> ListAsync<T>(long id, ServeNode served, string? limit, string? after, Func<IExportSource, int, long?, Task<Slice<T>>> read)
    {
        var problems = new List<Problem>();
        var (most, last) = ReadStep(limit, after, problems);
        return problems.Count > 0 ? Answers.Wrong(problems)
            : served.Node.Reads.ReadJob(new JobId(id)) is null ? Answers.NoSuchJob(id)
            : Results.Ok(await read(served.Node.Exports(), most, last));
    }

    private static (int Most, long? Last) ReadStep(string? limit, string? after, List<Problem> problems)
    {
        if (!WholeNumber.TryParse(limit ?? $"{UsualRows}", 1, MostRows, out var most))
        {
            problems.Add(new Problem("limit", limit, WholeNumber.Between(1, MostRows)));
        }
        long? last = long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? key : null;
        if (last is null && after is not null)
        {
            problems.Add(new Problem("after", after, "the next of the list before"));
        }
        return (most, last);
    }

    /// <summary>Written while it is read, so that no job is too large.</summary>
    private sealed class CsvAnswer(ExportInput input, string name) : IResult
    {
        public Task ExecuteAsync(HttpContext http)
        {
            http.Response.ContentType = CsvExport.ContentType;
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
            return CsvExport.WriteAsync(http.Response.Body, input, http.RequestAborted);
        }
    }
}
