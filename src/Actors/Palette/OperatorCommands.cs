using Akka.Actor;
using Amble.Behaviours.Inspection;
using Petabridge.Cmd;
using Petabridge.Cmd.Host;

namespace Amble.Palette;

/// <summary>The table of inspection commands as pbm's client is told of it: the same words, an argument by its name.</summary>
public sealed class OperatorCommands(Func<Inspected> look, Func<string, int, string> clean) : CommandPaletteHandler(Table)
{
    internal static CommandPalette Table { get; } = new("amble", InspectionCommands.All.Select(Define).ToArray());

    public override Props HandlerProps { get; } = Props.Create(() => new OperatorActor(look, clean));

    /// <summary>HOST is given as <c>--host</c>.</summary>
    internal static string Word(InspectionArgument argument) => argument.Name.ToLowerInvariant();

    private static CommandDefinition Define(InspectionCommand command)
    {
        var definition = new CommandDefinitionBuilder().WithName(command.Name).WithDescription(command.Tells);
        return command.Argument is { } takes
            ? definition.WithArgument(argument => argument.WithName(Word(takes)).WithDescription(takes.Allowed).IsMandatory(true).WithSwitch("--" + Word(takes))).Build()
            : definition.Build();
    }
}
