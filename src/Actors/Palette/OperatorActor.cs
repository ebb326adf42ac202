using Akka.Actor;
using Amble.Behaviours.Inspection;
using Petabridge.Cmd;
using Petabridge.Cmd.Host;

namespace Amble.Palette;

/// <summary>Answers pbm with the lines that <c>amble inspect</c> would write.</summary>
internal sealed class OperatorActor : CommandHandlerActor
{
    public OperatorActor(Func<Inspected> look, Func<string, int, string> clean) : base(OperatorCommands.Table)
    {
        foreach (var command in InspectionCommands.All)
        {
            Process(command.Name, (_, arguments) =>
            {
                var argument = command.Argument is { } takes ? arguments.ArgumentValues(OperatorCommands.Word(takes)).SingleOrDefault() : null;
                AnswerAsync(command, argument, look, clean).PipeTo(Sender, failure: trouble => new ErroredCommandResponse(trouble.Message));
            });
        }
    }

    private static async Task<CommandResponse> AnswerAsync(InspectionCommand command, string? argument, Func<Inspected> look, Func<string, int, string> clean)
    {
        if (command.Allowed(argument) is { } allowed) return new ErroredCommandResponse($"'{argument}' is not allowed; allowed is {allowed}.");
        var answer = await command.Answer(look(), argument ?? "", CancellationToken.None);
        return new CommandResponse(string.Join('\n', InspectionText.Lines(answer, clean)));
    }
}
