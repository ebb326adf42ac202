using System.Text.Json;
using Amble.App.Http;
using Amble.Messages;

namespace Amble.App.Export;

/// <summary>
/// Jobs as SARIF 2.1.0 (OASIS), a run for each. A result is one link to a broken page, placed on the page that links, or a redirect that
/// takes two steps or more. Refused and unknown pages are no results but notes of the run: nothing is known to be wrong with them, and
/// what comes and goes with a time-out would open and close alerts at every crawl. Of a run at most <see cref="MostResults"/> are written,
/// broken links first, since GitHub takes no more.
/// </summary>
public sealed class SarifExport
{
    public const int MostResults = 25_000;
    public const int MostRuns = 20;

    private readonly Utf8JsonWriter _json;
    private readonly ExportInput _input;
    private readonly CancellationToken _stop;

    // Of the run that is being written.
    private SarifPlaces _places = new();
    private int _results;
    private long _cut;
    private long _unnamed;

    private SarifExport(Utf8JsonWriter json, ExportInput input, CancellationToken stop) => (_json, _input, _stop) = (json, input, stop);

    /// <returns>What was cut, a sentence for each job.</returns>
    public static async Task<IReadOnlyList<string>> WriteAsync(Stream to, ExportInput input, CancellationToken stop)
    {
        var remarks = new List<string>();
        await using (var json = JsonExport.Begin(to))
        {
            var export = new SarifExport(json, input, stop);
            json.WriteStartObject();
            json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            foreach (var job in input.Jobs)
            {
                remarks.AddRange(await export.WriteRunAsync(job));
            }
            json.WriteEndArray();
            json.WriteEndObject();
            await json.FlushAsync(stop);
        }
        to.WriteByte((byte)'\n');
        if (input.Jobs.Count > MostRuns)
        {
            remarks.Add($"The SARIF file has {input.Jobs.Count} runs, one for each job; GitHub takes at most {MostRuns} in a file.");
        }
        return remarks;
    }

    private async Task<IReadOnlyList<string>> WriteRunAsync(JobSummary job)
    {
        (_places, _results, _cut, _unnamed) = (new SarifPlaces(), 0, 0, 0);
        var id = new JobId(job.Job);
        _json.WriteStartObject();
        SarifTool.Write(_json);
        // Whoever keeps runs apart does so by all before the last slash.
        _json.WriteStartObject("automationDetails");
        _json.WriteString("id", $"amble/{ExportText.Clean(job.Start)}/{job.Job}");
        _json.WriteEndObject();
        _json.WriteStartArray("results");
        if (_input.Takes(StatusClass.Broken))
        {
            await WriteBrokenAsync(id);
        }
        if (_input.Takes(StatusClass.Redirected))
        {
            await WriteChainsAsync(id);
        }
        _json.WriteEndArray();
        _places.Write(_json);
        var remarks = Remarks(job).ToList();
        SarifTool.WriteInvocation(_json, job, remarks);
        _json.WriteStartObject("properties");
        _json.WriteNumber("job", job.Job);
        _json.WriteNumber("cut", _cut + _unnamed);
        _json.WriteEndObject();
        _json.WriteEndObject();
        return remarks;
    }

    private IEnumerable<string> Remarks(JobSummary job)
    {
        if (_cut > 0)
        {
            yield return $"Job {job.Job}: {_cut} results over {MostResults} were left out of the SARIF file, since GitHub takes no more of a run; the JSON export has all.";
        }
        if (_unnamed > 0)
        {
            yield return $"Job {job.Job}: {_unnamed} broken links are in no file by name; of a target that so many pages link to, the report keeps only some.";
        }
    }

    private async Task WriteBrokenAsync(JobId job)
    {
        await foreach (var broken in _input.Source.BrokenAsync(job, _stop))
        {
            var kept = 0L;
            await foreach (var link in _input.Source.LinksAsync(job, broken, _stop))
            {
                kept++;
                if (IsRoom())
                {
                    WriteLink(link);
                    await JsonExport.FlushWhenFullAsync(_json, _stop);
                }
            }
            // A report keeps only so many links of one target, and tells how many there were.
            _unnamed += Math.Max(0, broken.SourceCount - kept);
        }
    }

    private void WriteLink(BrokenLink link)
    {
        var named = link.Anchor.Length > 0 ? $", linked as \"{link.Anchor}\"" : "";
        var text = link.Source.Length > 0
            ? $"Broken link to {link.Target.Url} ({link.Target.Outcome}){named}."
            : $"{link.Target.Url} is broken ({link.Target.Outcome}).";
        Begin(SarifRule.BrokenLink, text, link.Source.Length > 0 ? link.Source : link.Target.Url, link.Key, _input.Baseline?.IsNew(link));
        _json.WriteStartObject("properties");
        _json.WriteString("target", link.Target.Url);
        _json.WriteString("anchor", link.Anchor);
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private async Task WriteChainsAsync(JobId job)
    {
        await foreach (var redirect in _input.Source.RedirectsAsync(job, _stop))
        {
            if (redirect.Chain.Count < 2 || !IsRoom())
            {
                continue;
            }
            var key = LinkKey.Of(redirect.Url, SarifRule.RedirectChain.Id);
            var end = redirect.Chain[^1];
            Begin(SarifRule.RedirectChain, $"{redirect.Chain.Count} redirects in a row lead from here to {end.Url}.", redirect.Url, key, _input.Baseline?.IsNewChain(key));
            _json.WriteStartObject("properties");
            _json.WriteString("target", end.Url);
            _json.WriteEndObject();
            _json.WriteEndObject();
            await JsonExport.FlushWhenFullAsync(_json, _stop);
        }
    }

    private bool IsRoom()
    {
        if (_results < MostResults)
        {
            _results++;
            return true;
        }
        _cut++;
        return false;
    }

    /// <summary>A result up to its properties.</summary>
    private void Begin(SarifRule rule, string text, string at, LinkKey key, bool? isNew)
    {
        _json.WriteStartObject();
        _json.WriteString("ruleId", rule.Id);
        _json.WriteNumber("ruleIndex", rule.Index);
        _json.WriteString("level", rule.Level);
        SarifTool.WriteMessage(_json, "message", text);
        _json.WriteStartArray("locations");
        _json.WriteStartObject();
        _json.WriteStartObject("physicalLocation");
        _places.WritePlace(_json, at);
        // Nobody knows the line, but GitHub takes no result without one.
        _json.WriteStartObject("region");
        _json.WriteNumber("startLine", 1);
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteStartObject("partialFingerprints");
        _json.WriteString(SarifRule.Fingerprint, key.ToString());
        // The one that GitHub looks at; without it, it would hash a line of a file that is not there.
        _json.WriteString("primaryLocationLineHash", $"{key}:1");
        _json.WriteEndObject();
        if (isNew is { } fresh)
        {
            _json.WriteString("baselineState", fresh ? "new" : "unchanged");
        }
    }
}
