using Amble.App.Cli;

using var interrupt = new Interrupt(TimeProvider.System);
return (int)await CommandLine.RunAsync(args, DoorContext.OfProcess(), interrupt.Asked);
