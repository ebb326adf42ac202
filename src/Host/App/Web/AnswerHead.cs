using System.Net.Http.Headers;
using System.Text;
using Amble.Messages;

namespace Amble.App.Web;

/// <summary>What an answer says before its body, as raw as it came.</summary>
internal sealed class AnswerHead
{
    private AnswerHead(HttpResponseMessage answer, PageUrl url, int headersKept)
    {
        Status = (int)answer.StatusCode;
        Lines = Text(answer, headersKept);
        ContentType = Values(answer.Content.Headers.NonValidated, "Content-Type").FirstOrDefault();
        ContentLength = answer.Content.Headers.ContentLength;
        Encodings = [.. Values(answer.Content.Headers.NonValidated, "Content-Encoding").SelectMany(v => v.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        RetryAfter = Values(answer.Headers.NonValidated, "Retry-After");
        Date = Values(answer.Headers.NonValidated, "Date").FirstOrDefault();
        ETag = Values(answer.Headers.NonValidated, "ETag").FirstOrDefault();
        LastModified = Values(answer.Content.Headers.NonValidated, "Last-Modified").FirstOrDefault();
        CacheControl = Values(answer.Headers.NonValidated, "Cache-Control");
        RobotsTags = Values(answer.Headers.NonValidated, "X-Robots-Tag");
        if (Status is >= 300 and < 400 and not 304 && Values(answer.Headers.NonValidated, "Location") is [var location, ..])
            RedirectTo = url.Resolve(location);
    }

    public int Status { get; }

    /// <summary>Lines of "Name: value", cut between two lines at the cap.</summary>
    public string Lines { get; }

    public string? ContentType { get; }

    public long? ContentLength { get; }

    public IReadOnlyList<string> Encodings { get; }

    public IReadOnlyList<string> RetryAfter { get; }

    public string? Date { get; }

    public string? ETag { get; }

    public string? LastModified { get; }

    public IReadOnlyList<string> CacheControl { get; }

    public IReadOnlyList<string> RobotsTags { get; }

    public PageUrl? RedirectTo { get; }

    public bool IsGood => Status is >= 200 and < 300;

    public string? Charset => MediaTypeHeaderValue.TryParse(ContentType, out var type) ? type.CharSet?.Trim('"', '\'') : null;

    public static AnswerHead Of(HttpResponseMessage answer, PageUrl url, int headersKept) => new(answer, url, headersKept);

    private static IReadOnlyList<string> Values(HttpHeadersNonValidated headers, string name) => headers.TryGetValues(name, out var values) ? [.. values] : [];

    private static string Text(HttpResponseMessage answer, int cap)
    {
        var lines = new StringBuilder(512);
        Add(answer.Headers.NonValidated);
        Add(answer.Content.Headers.NonValidated);
        return lines.ToString();

        void Add(HttpHeadersNonValidated headers)
        {
            foreach (var (name, values) in headers)
            {
                foreach (var value in values)
                {
                    if (lines.Length + name.Length + value.Length + 3 > cap)
                        return;
                    lines.Append(name).Append(": ").Append(value).Append('\n');
                }
            }
        }
    }
}
