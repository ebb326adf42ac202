using System.CommandLine;
using Amble.App.Settings;
using Amble.Messages;

namespace Amble.App.Cli;

/// <summary>Commands that are about one job: <c>amble retry JOB</c>, <c>amble cancel JOB</c> and <c>amble export JOB</c>.</summary>
public abstract class JobVerb : Verb
{
    private readonly Argument<string[]> _job = new("JOB") { Arity = ArgumentArity.ZeroOrMore, Description = "the job's number" };

    protected JobVerb(string name, string description) =>
        Syntax = new Command(name, description) { _job, SharedOptions.Data(), SharedOptions.Postgres() };

    public override Command Syntax { get; }

    public override async Task<ExitCode> RunAsync(ParseResult line, DoorContext context, CancellationToken stop)
    {
        var words = line.GetValue(_job) ?? [];
        var problems = SyntaxProblems(line).Concat(words.Where(word => word.StartsWith('-')).Select(Unknown)).ToList();
        var (settings, wrong) = ReadSettings(line, context);
        problems.AddRange(wrong.Select(problem => problem.ToString()));
        problems.AddRange(OptionProblems(line));
        var numbers = words.Where(word => !word.StartsWith('-')).ToArray();
        if (numbers is not [var number] || !long.TryParse(number, System.Globalization.NumberStyles.None, null, out var id) || id < 1)
        {
            problems.Add(new Problem("JOB", numbers.Length == 0 ? null : string.Join(' ', numbers), "one job's number, as `amble crawl` told it").ToString());
            return context.Refuse(problems);
        }
        return problems.Count > 0
            ? context.Refuse(problems)
            : await Desks.UseAsync(Syntax.Name, settings, context, desk => RunAsync(line, desk, new JobId(id), settings, context, stop));
    }

    /// <summary>What is wrong with the command's own options.</summary>
    protected virtual IEnumerable<string> OptionProblems(ParseResult line) => [];

    protected abstract Task<ExitCode> RunAsync(ParseResult line, IDesk desk, JobId job, EffectiveSettings settings, DoorContext context, CancellationToken stop);
}
