using System.CommandLine;
using System.CommandLine.Parsing;
using Amble.App.Settings;

namespace Amble.App.Cli;

/// <summary>One command of the command line: its syntax, and what it does.</summary>
public abstract class Verb
{
    /// <summary>For the parser; all options are texts here and are judged by us, so that every problem can be told at once.</summary>
    public abstract Command Syntax { get; }

    /// <param name="line">Parsed; its errors are among the problems that the verb tells.</param>
    public abstract Task<ExitCode> RunAsync(ParseResult line, DoorContext context, CancellationToken stop);

    /// <summary>What is wrong with the line as the parser sees it, in our words.</summary>
    protected IEnumerable<string> SyntaxProblems(ParseResult line)
    {
        foreach (var token in line.UnmatchedTokens)
        {
            yield return Unknown(token);
        }
        foreach (var error in line.Errors.Where(error => !error.Message.StartsWith("Unrecognized", StringComparison.Ordinal)))
        {
            yield return $"{error.Message.TrimEnd('.')} (see `amble {Syntax.Name} --help`).";
        }
        foreach (var result in line.CommandResult.Children.OfType<OptionResult>())
        {
            // The parser takes whatever follows an option for its value, also the next option.
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith("--", StringComparison.Ordinal)))
            {
                yield return $"{result.Option.Name} is given no value: '{token.Value}' follows.";
            }
        }
    }

    protected string Unknown(string token) => token.StartsWith('-')
        ? $"'{token}' is no option of `amble {Syntax.Name}`; allowed are {string.Join(", ", Syntax.Options.Where(option => !option.Hidden && option.Name != "--help").Select(option => option.Name))}."
        : $"'{token}' is one word too many for `amble {Syntax.Name}` (see `amble {Syntax.Name} --help`).";

    /// <summary>File, environment and this command line together. What a page is, is settled here, before the first URL is read.</summary>
    protected static (EffectiveSettings Settings, IReadOnlyList<Problem> Problems) ReadSettings(ParseResult line, DoorContext context)
    {
        var given = new Dictionary<string, string>();
        foreach (var result in line.CommandResult.Children.OfType<OptionResult>().Where(result => !result.Implicit))
        {
            given[result.Option.Name] = result.Option is Option<bool> ? (result.GetValueOrDefault<bool>() ? "true" : "false") : result.Tokens.LastOrDefault()?.Value ?? "";
        }
        var (settings, problems) = SettingsReader.Read(context.SettingsFile, context.Environment, given);
        if (problems.Count == 0)
        {
            Messages.TrackingParameters.Use(settings.TrackingParameters);
        }
        return (settings, problems);
    }
}
