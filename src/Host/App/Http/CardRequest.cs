using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Amble.App.Settings;
using Amble.Behaviours.Ports;

namespace Amble.App.Http;

/// <summary>
/// <c>POST /api/cards?which=new&amp;budgetSeconds=30</c>: a round of cards by command. The answer goes on as long as the round does, one JSON
/// object a line, each saying how far it is; the last one is the result. It ends with its caller.
/// </summary>
public static class CardRequest
{
    /// <summary>What a round by command may take.</summary>
    public const int MostSeconds = 24 * 60 * 60;

    private const string Path = "/api/cards";
    private const string Allowed = "new or changed";

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost(Path, DrawAsync).WithTags("Cards")
        .WithSummary("Draw cards now: which=new for pages that never had one, changed for those that would print something else. One JSON object a line tells how far it is.")
        .Produces<CardProgress>(StatusCodes.Status200OK, "application/x-ndjson").ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status501NotImplemented);

    /// <summary>The address that begins such a round.</summary>
    public static string Address(CardRound round) =>
        string.Create(CultureInfo.InvariantCulture, $"{Path[1..]}?which={(round is CardRound.Changed ? "changed" : "new")}&budgetSeconds={round.Budget.TotalSeconds:0}");

    private static async Task<IResult> DrawAsync(HttpContext http, ServeNode served, CancellationToken stop, string? which = null, string? budgetSeconds = null)
    {
        var problems = new List<Problem>();
        if (which is not ("new" or "changed"))
        {
            problems.Add(new Problem(nameof(which), which, Allowed));
        }
        if (!WholeNumber.TryParse(budgetSeconds ?? "30", 1, MostSeconds, out var seconds))
        {
            problems.Add(new Problem(nameof(budgetSeconds), budgetSeconds, WholeNumber.Between(1, MostSeconds)));
        }
        if (problems.Count > 0)
        {
            return Answers.Wrong(problems);
        }
        var cards = served.Node.Runtime.Cards;
        if (!cards.IsOn)
        {
            return Results.Problem(detail: "Nothing can draw cards here: no painter is built in, or none can be opened.", statusCode: StatusCodes.Status501NotImplemented, title: "No painter.");
        }
        var budget = TimeSpan.FromSeconds(seconds);
        await TellAsync(http, cards, which == "new" ? new CardRound.New(All: true, budget) : new CardRound.Changed(budget), stop);
        return Results.Empty;
    }

    private static async Task TellAsync(HttpContext http, ICards cards, CardRound round, CancellationToken stop)
    {
        // A caller who reads slowly hears of fewer steps; the round does not wait for it.
        var steps = Channel.CreateBounded<CardProgress>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        var drawing = DrawAsync();
        http.Response.ContentType = "application/x-ndjson";
        await foreach (var step in steps.Reader.ReadAllAsync(stop))
        {
            await WriteAsync(http.Response, step, stop);
        }
        await WriteAsync(http.Response, await drawing, stop);

        async Task<CardProgress> DrawAsync()
        {
            try
            {
                return await cards.DrawAsync(round, step => steps.Writer.TryWrite(step), stop);
            }
            finally
            {
                steps.Writer.TryComplete();
            }
        }
    }

    private static async Task WriteAsync(HttpResponse response, CardProgress step, CancellationToken stop)
    {
        await response.WriteAsync(JsonSerializer.Serialize(step, _json) + "\n", stop);
        await response.Body.FlushAsync(stop);
    }
}
