using Amble.App.Cli;

using var interrupt = new Interrupt();
return (int)await CommandLine.RunAsync(args, DoorContext.OfProcess(), interrupt.Asked);
