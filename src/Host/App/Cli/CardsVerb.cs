using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Amble.App.Cards;
using Amble.App.Http;
using Amble.App.Settings;
using Amble.Behaviours.Ports;

namespace Amble.App.Cli;

/// <summary>
/// <c>amble cards --new | --changed [--budget 30s]</c>: draws cards now, in the running serve that has the data directory or, where none
/// runs, by itself.
/// </summary>
public sealed class CardsVerb : Verb
{
    private const string BudgetAllowed = "a number of seconds or minutes up to a day, such as 30s or 10m";

    private static readonly TimeSpan _usual = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _tellEvery = TimeSpan.FromSeconds(1);

    private readonly Option<bool> _new = SharedOptions.Flag("--new", "pages that never had a card, newest jobs first, most viewed first");
    private readonly Option<bool> _changed = SharedOptions.Flag("--changed", "cards that would print something else by now");
    private readonly Option<string?> _budget = SharedOptions.Text("--budget", "TIME", "how long it may take, such as 30s or 10m (default: 30s)");

    public CardsVerb() => Syntax = new Command("cards", "Draw the pictures that pages are shared with.") { _new, _changed, _budget, SharedOptions.Data(), SharedOptions.Postgres() };

    public override Command Syntax { get; }

    public override async Task<ExitCode> RunAsync(ParseResult line, DoorContext context, CancellationToken stop)
    {
        var (settings, wrong) = ReadSettings(line, context);
        var problems = SyntaxProblems(line).Concat(wrong.Select(problem => problem.ToString())).ToList();
        var (isNew, isChanged) = (line.GetValue(_new), line.GetValue(_changed));
        if (isNew == isChanged)
        {
            problems.Add(isNew ? "--new and --changed are given together; allowed is one of them." : "--new or --changed is missing: which cards are to be drawn?");
        }
        var budget = _usual;
        if (SharedOptions.Given(line, _budget) is { } given && !given.StartsWith("--", StringComparison.Ordinal) && !TryReadSpan(given, out budget))
        {
            problems.Add(new Problem("--budget", given, BudgetAllowed).ToString());
        }
        if (problems.Count > 0)
        {
            return context.Refuse(problems);
        }
        var painting = CardPainting.Begin(CardPainting.ShippedFonts);
        CardRound round = isNew ? new CardRound.New(All: true, budget) : new CardRound.Changed(budget);
        return await Desks.UseAsync(Syntax.Name, settings, context, desk => DrawAsync(desk, round, context, stop), CardHand.OpenAsync(painting));
    }

    private static async Task<ExitCode> DrawAsync(IDesk desk, CardRound round, DoorContext context, CancellationToken stop)
    {
        var told = context.Clock.GetTimestamp();
        try
        {
            if (await desk.DrawCardsAsync(round, Tell, stop) is not { } end)
            {
                return context.Refuse("Nothing can draw cards: no painter is built in, or none can be opened; `./amble` tells which parts there are.");
            }
            context.Terminal.Out.WriteLine(Sentence(round, end));
            return ExitCode.Clean;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            context.Terminal.Err.WriteLine("What was drawn is kept; the rest is drawn another time.");
            return ExitCode.Interrupted;
        }

        void Tell(CardProgress step)
        {
            if (context.Clock.GetElapsedTime(told) < _tellEvery)
            {
                return;
            }
            told = context.Clock.GetTimestamp();
            context.Terminal.Err.WriteLine($"{Quantity.Number(step.Drawn)} drawn, {Quantity.Number(step.Kept)} as they were, {Quantity.Number(step.Failed)} failed, {Quantity.Number(step.Left)} to go");
        }
    }

    private static string Sentence(CardRound round, CardProgress end)
    {
        var done = $"{Quantity.Of(end.Drawn, "card")} drawn, {Quantity.Number(end.Kept)} as they were, {Quantity.Number(end.Failed)} failed";
        return end.IsWhole
            ? $"{done}; {(round is CardRound.Changed ? "every card prints what it should" : "all pages were looked at")}."
            : $"{done}; time was up with more to look at: run it again to go on.";
    }

    /// <summary>Seconds or minutes: <c>30s</c>, <c>10m</c>, <c>45</c>.</summary>
    public static bool TryReadSpan([NotNullWhen(true)] string? text, out TimeSpan span)
    {
        span = default;
        var unit = text is [.., 'm'] ? 60 : 1;
        var number = text is [.., 's' or 'm'] ? text[..^1] : text;
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1 || count > CardRequest.MostSeconds / unit)
        {
            return false;
        }
        span = TimeSpan.FromSeconds((long)count * unit);
        return true;
    }
}
