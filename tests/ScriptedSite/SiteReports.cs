using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Amble.ScriptedSites;

/// <summary>What the site tells of itself over HTTP, for a test in another process; none of it is logged.</summary>
internal static class SiteReports
{
    /// <summary>
    /// <c>/__log</c>: one line per request, tab separated under a header line, <c>-</c> for what is not known yet; <c>?since=7</c> begins at number 7. <c>/__stats</c>: JSON by
    /// domain; <c>?domain=7</c> picks one. <c>/__config?rate=5</c>: changes behaviour by the command line's words. <c>/__reset</c>: empties the log.
    /// </summary>
    public static Task AnswerAsync(ScriptedSite site, HttpContext context) => context.Request.Path.Value switch
    {
        "/__log" when long.TryParse(context.Request.Query["since"], CultureInfo.InvariantCulture, out var since) =>
            context.Response.WriteAsync(Table(site.Log.Where(request => request.Number >= since))),
        "/__log" => context.Response.WriteAsync(Table(site.Log)),
        "/__stats" when int.TryParse(context.Request.Query["domain"], CultureInfo.InvariantCulture, out var domain) =>
            context.Response.WriteAsJsonAsync(site.StatsOf(domain)),
        "/__stats" => context.Response.WriteAsJsonAsync(site.Stats()),
        "/__config" => Configure(site, context),
        "/__reset" => Reset(site, context),
        _ => Refuse(context, $"There is no {context.Request.Path}; there are /__log, /__stats, /__config and /__reset."),
    };

    private static string Table(IEnumerable<LoggedRequest> log)
    {
        var text = new StringBuilder("number\tdomain\tfrom\tmethod\tpath\tarrived_ms\tleft_ms\tstatus\n");
        foreach (var line in log)
        {
            text.Append(CultureInfo.InvariantCulture, $"{line.Number}\t{line.Domain}\t{line.From}\t{line.Method}\t{line.Path}\t{line.ArrivedMs:0.000}\t");
            text.Append(line.LeftMs is { } left ? left.ToString("0.000", CultureInfo.InvariantCulture) : "-").Append('\t');
            text.Append(line.Status is { } status ? status.ToString(CultureInfo.InvariantCulture) : "-").Append('\n');
        }
        return text.ToString();
    }

    private static Task Configure(ScriptedSite site, HttpContext context)
    {
        var words = context.Request.Query.SelectMany(pair => new[] { "--" + pair.Key, pair.Value.ToString() }).ToArray();
        if (!OptionWords.TryRead(site.Options, words, out var options, out var problem))
        {
            return Refuse(context, problem);
        }
        site.Change(_ => options);
        return context.Response.WriteAsync("changed\n");
    }

    private static Task Reset(ScriptedSite site, HttpContext context)
    {
        site.ClearLog();
        return context.Response.WriteAsync("empty\n");
    }

    private static Task Refuse(HttpContext context, string sentence)
    {
        context.Response.StatusCode = 400;
        return context.Response.WriteAsync(sentence + "\n");
    }
}
