using System.Globalization;
using System.Text.Json;
using Amble.App.Settings;

namespace Amble.App.Export;

/// <summary>Reads a baseline from an export of Amble, in JSON or SARIF; the size of the file does not matter.</summary>
internal sealed class BaselineFile
{
    private const string Broken = "jobs/findings/broken";
    private const string Redirects = "jobs/findings/redirects";
    private const string Results = "runs/results";

    // A name with a slash stands in a path like one level more.
    private const string Fingerprint = Results + "/partialFingerprints/" + SarifRule.Fingerprint;

    private readonly HashSet<LinkKey> _links = [];
    private readonly HashSet<LinkKey> _wholes = [];
    private readonly HashSet<LinkKey> _chains = [];
    private readonly List<string> _sources = [];
    private string? _target, _redirect, _rule, _state;
    private LinkKey? _key;
    private int _steps;
    private double _sourceCount;
    private bool _isOurs, _isCut;

    /// <returns>The baseline, or what is wrong with the file.</returns>
    public static (Baseline? Baseline, Problem? Problem) Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var reading = new BaselineFile();
            reading.Read(file);
            return reading._isOurs
                ? (new Baseline(path, reading._links, reading._wholes, reading._chains, reading._isCut), null)
                : (null, new Problem("--baseline", path, Baseline.Allowed));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or JsonException or InvalidOperationException)
        {
            return (null, new Problem("--baseline", path, Baseline.Allowed));
        }
    }

    private void Read(Stream file) => new JsonPaths(
    [
        "format", Broken + "/url", Broken + "/sourceCount", Broken + "/sources/page", Redirects + "/url", Redirects + "/chain/url",
        "runs/tool/driver/name", Results + "/ruleId", Results + "/baselineState", Fingerprint, "runs/properties/cut",
    ])
    {
        OnText = Take,
        OnEnd = End,
    }.Read(file);

    private void Take(string path, string text)
    {
        switch (path)
        {
            case "format": _isOurs |= text == JsonExport.Format; break;
            case "runs/tool/driver/name": _isOurs |= text == SarifTool.Name; break;
            case "runs/properties/cut": _isCut = true; break;
            case Broken + "/url": _target = text; break;
            case Broken + "/sourceCount": _sourceCount = double.Parse(text, CultureInfo.InvariantCulture); break;
            case Broken + "/sources/page": _sources.Add(text); break;
            case Redirects + "/url": _redirect = text; break;
            case Redirects + "/chain/url": _steps++; break;
            case Results + "/ruleId": _rule = text; break;
            case Results + "/baselineState": _state = text; break;
            case Fingerprint: _key = LinkKey.TryParse(text, out var key) ? key : null; break;
        }
    }

    // At the end of an object, so that the order of its fields does not matter.
    private void End(string path)
    {
        switch (path)
        {
            case Broken when _target is { } target:
                _links.UnionWith(_sources.DefaultIfEmpty("").Select(source => LinkKey.Of(target, source)));
                if (_sourceCount > _sources.Count)
                {
                    _wholes.Add(Baseline.Whole(target));
                }
                (_target, _sourceCount) = (null, 0);
                _sources.Clear();
                break;
            case Redirects:
                if (_redirect is { } redirect && _steps > 1)
                {
                    _chains.Add(LinkKey.Of(redirect, SarifRule.RedirectChain.Id));
                }
                (_redirect, _steps) = (null, 0);
                break;
            case Results:
                // What was fixed already is no longer known (SARIF 2.1.0 section 3.27.24).
                if (_key is { } key && _state != "absent")
                {
                    (_rule == SarifRule.RedirectChain.Id ? _chains : _links).Add(key);
                }
                (_rule, _state, _key) = (null, null, null);
                break;
        }
    }
}
