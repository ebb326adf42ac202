using System.CommandLine;
using Amble.App.Settings;

namespace Amble.App.Cli;

/// <summary><c>amble token</c>: makes the token that opens state-changing routes beyond loopback.</summary>
public sealed class TokenVerb : Verb
{
    public override Command Syntax { get; } = new Command("token", "Make a new token for the HTTP API, in place of the one before.") { SharedOptions.Data(), SharedOptions.Postgres() };

    public override Task<ExitCode> RunAsync(ParseResult line, DoorContext context, CancellationToken stop) => Task.FromResult(Run(line, context));

    private ExitCode Run(ParseResult line, DoorContext context)
    {
        var (settings, wrong) = ReadSettings(line, context);
        var problems = SyntaxProblems(line).Concat(wrong.Select(problem => problem.ToString())).ToList();
        if (problems.Count == 0 && !DataDirectory.TryPrepare(settings.Directory, out var unusable))
        {
            problems.Add(unusable);
        }
        if (problems.Count > 0)
        {
            return context.Refuse(problems);
        }
        context.Terminal.Out.WriteLine(new TokenFile(settings.Directory).Renew());
        context.Terminal.Err.WriteLine("This is shown once; only its hash is kept. Send it as: Authorization: Bearer TOKEN");
        return ExitCode.Clean;
    }
}
