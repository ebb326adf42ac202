using System.Security.Cryptography;
using System.Text;
using Amble.App.Settings;

namespace Amble.App.Http;

/// <summary>Answers that several routes give.</summary>
public static class Answers
{
    /// <summary>400 with all that is wrong (RFC 9457).</summary>
    public static IResult Wrong(IReadOnlyList<Problem> problems) => Results.Problem(
        detail: string.Join(" ", problems.Select(problem => problem.ToString())), statusCode: StatusCodes.Status400BadRequest, title: "The request is not right.",
        extensions: new Dictionary<string, object?> { ["problems"] = problems.Select(problem => new { problem.Where, problem.Value, problem.Allowed }).ToList() });

    public static IResult NoSuchJob(long id) => Results.Problem(detail: $"There is no job {id}.", statusCode: StatusCodes.Status404NotFound, title: "Not found.");

    public static IResult Refused(string why) => Results.Problem(detail: why, statusCode: StatusCodes.Status403Forbidden, title: "Not allowed.");

    /// <summary>A page with an ETag over all of it; 304 when the reader has it (RFC 9110 section 13.1.2).</summary>
    public static IResult Page(HttpContext http, string html, int status = StatusCodes.Status200OK)
    {
        var bytes = Encoding.UTF8.GetBytes(html);
        var etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\"";
        http.Response.Headers.ETag = etag;
        http.Response.Headers.CacheControl = "no-cache";
        return status == StatusCodes.Status200OK && EntityTag.Matches(http.Request.Headers.IfNoneMatch, etag)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : new HtmlAnswer(bytes, status);
    }

    private sealed class HtmlAnswer(byte[] html, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext http)
        {
            http.Response.StatusCode = status;
            http.Response.ContentType = "text/html; charset=utf-8";
            http.Response.ContentLength = html.Length;
            return http.Response.Body.WriteAsync(html).AsTask();
        }
    }
}
