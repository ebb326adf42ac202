using System.Globalization;
using System.Text;
using System.Xml;
using Amble.App.Http;
using Amble.Messages;

namespace Amble.App.Export;

/// <summary>
/// Jobs as JUnit XML, the dialect that Jenkins and GitLab read: a suite for each job, a case for each page, the broken ones first. A broken
/// page is a failure that names the pages that link to it; one whose links are all in the baseline is skipped. A refused page is skipped
/// too, since the site is well and only did not want us. An unknown one is an error, JUnit's word for a case that could not be judged.
/// </summary>
public sealed class JunitExport
{
    /// <summary>Links that a failure names; a footer's link can have as many as the site has pages.</summary>
    private const int MostLinks = 100;
    private const int CasesAtOnce = 200;

    private static readonly XmlWriterSettings Settings = new() { Async = true, Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n", CloseOutput = false };

    private readonly XmlWriter _xml;
    private readonly ExportInput _input;
    private readonly CancellationToken _stop;
    private int _cases;

    private JunitExport(XmlWriter xml, ExportInput input, CancellationToken stop) => (_xml, _input, _stop) = (xml, input, stop);

    public static async Task WriteAsync(Stream to, ExportInput input, CancellationToken stop)
    {
        await using (var xml = XmlWriter.Create(to, Settings))
        {
            await new JunitExport(xml, input, stop).WriteAsync();
        }
        to.WriteByte((byte)'\n');
    }

    private async Task WriteAsync()
    {
        await _xml.WriteStartDocumentAsync();
        _xml.WriteStartElement("testsuites");
        _xml.WriteAttributeString("name", "Amble");
        foreach (var job in _input.Jobs)
        {
            await WriteJobAsync(job);
        }
        _xml.WriteEndElement();
        await _xml.WriteEndDocumentAsync();
        await _xml.FlushAsync();
    }

    private async Task WriteJobAsync(JobSummary job)
    {
        var id = new JobId(job.Job);
        _xml.WriteStartElement("testsuite");
        WriteSums(job);
        if (_input.Takes(StatusClass.Broken))
        {
            await foreach (var broken in _input.Source.BrokenAsync(id, _stop))
            {
                await WriteCaseAsync(job, broken.Url, broken.Milliseconds, async () => await WriteBrokenAsync(id, broken));
            }
        }
        // By class, so that the many pages that are well are last, as nobody looks for them.
        foreach (var @class in (StatusClass[])[StatusClass.Unknown, StatusClass.Refused, StatusClass.Redirected, StatusClass.Ok])
        {
            await WritePagesAsync(job, id, @class);
        }
        _xml.WriteEndElement();
    }

    private void WriteSums(JobSummary job)
    {
        var counted = new Dictionary<StatusClass, long>
        {
            [StatusClass.Ok] = job.Ok,
            [StatusClass.Redirected] = job.Redirected,
            [StatusClass.Refused] = job.Refused,
            [StatusClass.Broken] = job.Broken,
            [StatusClass.Unknown] = job.Unknown,
        };
        long Count(StatusClass @class) => _input.Takes(@class) ? counted[@class] : 0;
        var known = _input.Takes(StatusClass.Broken) ? _input.Baseline?.KnownPages(job.Job) ?? 0 : 0;
        _xml.WriteAttributeString("name", ExportText.Clean(job.Start));
        _xml.WriteAttributeString("tests", Number(counted.Keys.Sum(Count)));
        _xml.WriteAttributeString("failures", Number(Count(StatusClass.Broken) - known));
        _xml.WriteAttributeString("errors", Number(Count(StatusClass.Unknown)));
        _xml.WriteAttributeString("skipped", Number(Count(StatusClass.Refused) + known));
        _xml.WriteAttributeString("time", job.Seconds.ToString("0.###", CultureInfo.InvariantCulture));
        _xml.WriteAttributeString("timestamp", (job.FirstRequestAt ?? job.CreatedAt).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        _xml.WriteAttributeString("id", Number(job.Job));
    }

    private async Task WritePagesAsync(JobSummary job, JobId id, StatusClass @class)
    {
        if (!_input.Takes(@class))
        {
            return;
        }
        await foreach (var page in _input.Source.PagesAsync(id, @class, _stop))
        {
            await WriteCaseAsync(job, page.Url, page.Milliseconds, async () =>
            {
                switch (@class)
                {
                    case StatusClass.Refused:
                        await _xml.WriteElementStringAsync(null, "skipped", null, $"Refused: {page.Outcome}.");
                        break;
                    case StatusClass.Unknown:
                        WriteTrouble("error", "unknown", page.Outcome, $"Nobody knows whether {page.Url} is broken: {page.Outcome}.");
                        break;
                }
            });
        }
    }

    private async Task WriteBrokenAsync(JobId job, BrokenRow broken)
    {
        var links = new List<BrokenLink>();
        var others = 0L;
        var fresh = false;
        await foreach (var link in _input.Source.LinksAsync(job, broken, _stop))
        {
            var isNew = _input.Baseline?.IsNew(link) ?? true;
            fresh |= isNew;
            // With a baseline the new links are what people look for, so no known one takes their place.
            if (isNew && links.Count < MostLinks && link.Source.Length > 0)
            {
                links.Add(link);
            }
            else if (link.Source.Length > 0)
            {
                others++;
            }
        }
        if (!fresh)
        {
            await _xml.WriteElementStringAsync(null, "skipped", null, $"Broken ({broken.Outcome}), as in the baseline.");
            return;
        }
        var text = new StringBuilder($"{broken.Url}: {broken.Outcome}\n");
        foreach (var link in links)
        {
            text.Append(CultureInfo.InvariantCulture, $"linked from {link.Source}{(link.Anchor.Length > 0 ? $" as \"{link.Anchor}\"" : "")}\n");
        }
        // A report keeps only so many links of one target, and tells how many there were.
        others = Math.Max(others, broken.SourceCount - links.Count);
        if (others > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"and from {others} more\n");
        }
        WriteTrouble("failure", "broken", broken.Outcome, text.ToString());
    }

    private async Task WriteCaseAsync(JobSummary job, string url, int milliseconds, Func<Task> inside)
    {
        _xml.WriteStartElement("testcase");
        _xml.WriteAttributeString("name", url);
        _xml.WriteAttributeString("classname", ExportText.Clean(job.Start));
        _xml.WriteAttributeString("time", (milliseconds / 1000.0).ToString("0.000", CultureInfo.InvariantCulture));
        await inside();
        _xml.WriteEndElement();
        if (++_cases % CasesAtOnce == 0)
        {
            await _xml.FlushAsync();
        }
    }

    private void WriteTrouble(string element, string type, string message, string text)
    {
        _xml.WriteStartElement(element);
        _xml.WriteAttributeString("type", type);
        _xml.WriteAttributeString("message", message);
        _xml.WriteString(text);
        _xml.WriteEndElement();
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
