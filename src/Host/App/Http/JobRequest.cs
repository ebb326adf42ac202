using System.Text.Json;
using Amble.App.Settings;
using Amble.Messages;

namespace Amble.App.Http;

/// <summary>The body of <c>POST /api/jobs</c>.</summary>
/// <param name="Url">The start URL.</param>
/// <param name="MaxPages">Pages of the job; unlimited when absent.</param>
/// <param name="MaxDepth">Links away from the start URL; unlimited when absent.</param>
/// <param name="Include">Globs: only URLs that match one are taken.</param>
/// <param name="Exclude">Globs: URLs that match one are not taken.</param>
/// <param name="Concurrency">Most requests in flight.</param>
/// <param name="Resume">Answer the newest unfinished job of this start URL, where there is one, instead of a new one.</param>
/// <param name="Warm">Visit a page a second time where a cache had not got it, and tell whether it has now.</param>
public sealed record JobRequest(
    string Url, int? MaxPages = null, int? MaxDepth = null, IReadOnlyList<string>? Include = null, IReadOnlyList<string>? Exclude = null,
    int? Concurrency = null, bool? Resume = null, bool? Warm = null);

/// <summary>Reads the body field by field, so that every problem in it is told and not only the first.</summary>
public static class JobRequestReader
{
    public const int MostGlobs = 100;
    public const int LongestGlob = 2000;
    private const string Fields = "url, maxPages, maxDepth, include, exclude, concurrency, resume, warm";

    public static (NewJob? Job, bool Resume, IReadOnlyList<Problem> Problems) Read(JsonElement body, bool allowPrivate, int usualConcurrency)
    {
        var problems = new List<Problem>();
        if (body.ValueKind != JsonValueKind.Object)
        {
            return (null, false, [new Problem("body", body.ValueKind.ToString().ToLowerInvariant(), "a JSON object with " + Fields)]);
        }
        PageUrl? start = null;
        int? pages = null, depth = null, concurrency = null;
        IReadOnlyList<string> include = [], exclude = [];
        bool resume = false, warm = false, named = false;
        foreach (var field in body.EnumerateObject())
        {
            switch (field.Name)
            {
                case "url": named = true; start = Url(field.Value, allowPrivate, problems); break;
                case "maxPages": pages = Number(field, 1, int.MaxValue, problems); break;
                case "maxDepth": depth = Number(field, 0, int.MaxValue, problems); break;
                case "concurrency": concurrency = Number(field, 1, 1000, problems); break;
                case "include": include = Globs(field, problems); break;
                case "exclude": exclude = Globs(field, problems); break;
                case "resume": resume = Flag(field, problems); break;
                case "warm": warm = Flag(field, problems); break;
                default: problems.Add(new Problem("field", field.Name, Fields)); break;
            }
        }
        if (!named)
        {
            problems.Add(new Problem("url", null, StartUrl.Allowed));
        }
        return problems.Count > 0 || start is null
            ? (null, resume, problems)
            : (new NewJob(start, new JobLimits(pages, depth, include, exclude), concurrency ?? usualConcurrency, Unpaced: false, warm), resume, []);
    }

    private static PageUrl? Url(JsonElement value, bool allowPrivate, List<Problem> problems)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (!PageUrl.TryParse(text, out var url, out _))
        {
            problems.Add(new Problem("url", text ?? value.ToString(), StartUrl.Allowed));
            return null;
        }
        if (!allowPrivate && LocalAddresses.ContainsLiteral(url.Host))
        {
            problems.Add(new Problem("url", url.Text, "a public address, since this server was started without --allow-private"));
        }
        return url;
    }

    private static int? Number(JsonProperty field, int least, int most, List<Problem> problems)
    {
        if (field.Value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }
        if (field.Value.ValueKind == JsonValueKind.Number && field.Value.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }
        problems.Add(new Problem(field.Name, field.Value.ToString(), WholeNumber.Between(least, most)));
        return null;
    }

    private static bool Flag(JsonProperty field, List<Problem> problems)
    {
        if (field.Value.ValueKind is not (JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null))
        {
            problems.Add(new Problem(field.Name, field.Value.ToString(), "true or false"));
        }
        return field.Value.ValueKind == JsonValueKind.True;
    }

    private static IReadOnlyList<string> Globs(JsonProperty field, List<Problem> problems)
    {
        var globs = field.Value.ValueKind == JsonValueKind.Array
            ? field.Value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : "").ToList() : null;
        if (globs is not null && globs.Count <= MostGlobs && globs.TrueForAll(glob => glob.Length is > 0 and <= LongestGlob))
        {
            return globs;
        }
        if (field.Value.ValueKind != JsonValueKind.Null)
        {
            problems.Add(new Problem(field.Name, field.Value.ToString(), $"a list of at most {MostGlobs} globs, each of 1 to {LongestGlob} characters"));
        }
        return [];
    }
}
