using System.CommandLine;
using System.Globalization;
using Amble.App.Http;

namespace Amble.App.Cli;

/// <summary><c>amble purge</c>: what has expired goes now, in this process or in the running <c>serve</c> that has the store.</summary>
public sealed class PurgeVerb : Verb
{
    public override Command Syntax { get; } = new Command("purge", "Delete now what has expired, and tell what went.") { SharedOptions.Data(), SharedOptions.Postgres() };

    public override async Task<ExitCode> RunAsync(ParseResult line, DoorContext context, CancellationToken stop)
    {
        var (settings, wrong) = ReadSettings(line, context);
        var problems = SyntaxProblems(line).Concat(wrong.Select(problem => problem.ToString())).ToList();
        if (problems.Count > 0)
        {
            return context.Refuse(problems);
        }
        return await Desks.UseAsync(Syntax.Name, settings, context, async desk =>
        {
            Tell(await desk.PurgeAsync(stop), context.Terminal.Out);
            return ExitCode.Clean;
        });
    }

    private static void Tell(PurgeAnswer done, TextWriter to)
    {
        to.WriteLine(done is { Rows: 0, Periods: 0 }
            ? "Nothing had expired."
            : string.Create(CultureInfo.InvariantCulture, $"{Quantity.Of(done.Rows, "row")} and {Quantity.Of(done.Periods, "period")} ({done.Bytes / 1e6:0.#} MB) are gone, in {done.Seconds:0.#} s."));
        if (done.Left is { } left)
        {
            to.WriteLine(left);
        }
    }
}
