using Amble.Benchmarks;

// Each benchmark is one word; some of them start this program again, as the process that is compared with or looked into.
switch (args)
{
    case [BareLoop.Word, .. var rest]: return await BareLoop.RunAsync(rest);
    case [FrontierNode.Word, .. var rest]: return await FrontierNode.RunAsync(rest);
    case [RuntimeNode.Word, .. var rest]: return await RuntimeNode.RunAsync(rest);
    case [IdleNode.Word, .. var rest]: return await IdleNode.RunAsync(rest);
}
if (!BenchmarkOptions.TryRead(args, out var options, out var problem))
{
    Console.Error.WriteLine($"benchmarks: {problem}");
    return 2;
}
foreach (var name in options.Names)
{
    switch (name)
    {
        case "cards": await CardSpeed.RunAsync(options); break;
        case "carry-over": await CardCarryOver.RunAsync(); break;
        case "frontier": await Frontier.RunAsync(options); break;
        case "hits": await HitLogs.RunAsync(options); break;
        case "idle-domains": await IdleDomains.RunAsync(options); break;
        case "purge": await PurgeSpeed.RunAsync(options); break;
        case "result-page": await ResultPage.RunAsync(options); break;
        case "runtimes": await Runtimes.RunAsync(options); break;
        case "start": FormerStart.Run(options); break;
        case "traps": TrapCost.Run(options); break;
        case "views": await CardViews.RunAsync(options); break;
        case "writer": WriterSpeed.Run(options); break;
        default: await CrawlSpeed.RunAsync(CrawlSize.All.Single(size => size.Name == name), options); break;
    }
}
return 0;
