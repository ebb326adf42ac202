using Amble.ScriptedSites;

// The site as a process of its own, for kills and benchmarks. Its first line tells where it listens.
const string UntilInputEnds = "--until-input-ends";
if (!OptionWords.TryRead(new ScriptedSiteOptions(), [.. args.Where(word => word != UntilInputEnds)], out var options, out var problem))
{
    Console.Error.WriteLine($"scripted site: {problem}");
    return 2;
}
await using var site = await ScriptedSite.StartAsync(options);
Console.WriteLine($"listening on http://127.0.0.1:{site.Port}");

// A test that was killed closes our input, so the site never outlives it.
await (args.Contains(UntilInputEnds) ? Console.In.ReadToEndAsync() : Task.Delay(Timeout.Infinite));
return 0;
