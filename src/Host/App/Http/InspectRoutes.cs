using Amble.App.Settings;
using Amble.Behaviours.Inspection;

namespace Amble.App.Http;

/// <summary>What operators look into, made of the table of inspection commands. The guard lets in only who might also change something.</summary>
public static class InspectRoutes
{
    public const string Path = "/api/inspect";

    public static void Map(IEndpointRouteBuilder app)
    {
        var inspect = app.MapGroup(Path).WithTags("Inspection");
        inspect.MapGet("", () => Results.Ok(InspectionCommands.All.Select(command => new InspectionWord(command.Name, command.Argument?.Name, command.Tells)).ToList()))
            .WithSummary("The commands there are.").Produces<IReadOnlyList<InspectionWord>>().ProducesProblem(StatusCodes.Status403Forbidden);
        inspect.MapGet("{command}", AnswerAsync)
            .WithSummary($"One command's answer; arg is its argument. There are {InspectionCommands.Names}.")
            .Produces<InspectionAnswer>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> AnswerAsync(string command, ServeNode served, CancellationToken stop, string? arg = null)
    {
        if (InspectionCommands.Find(command) is not { } known)
        {
            return Results.Problem(
                detail: $"'{command}' is no inspection command; allowed are {InspectionCommands.Names}.", statusCode: StatusCodes.Status404NotFound, title: "Not found.");
        }
        return known.Allowed(arg) is { } allowed
            ? Answers.Wrong([new Problem("arg", arg, allowed)])
            : Results.Ok(await known.Answer(served.Node.Look(), arg ?? "", stop));
    }
}

/// <summary>One inspection command, as the API lists it.</summary>
public sealed record InspectionWord(string Name, string? Argument, string Tells);
