using Amble.App.Cards;
using Amble.Behaviours.Cards;

namespace Amble.App.Http;

/// <summary><c>GET /cards/{hash}.png</c>: the address carries the hash of all that is drawn, so what is kept never grows stale (D-8+).</summary>
public static class CardRoutes
{
    private const string Suffix = ".png";

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/cards/{name}", Card).ExcludeFromDescription();

    private static IResult Card(HttpContext http, string name, CardDoor door)
    {
        if (!name.EndsWith(Suffix, StringComparison.Ordinal) || !CardHash.Is(name[..^Suffix.Length]) || door.Read(name[..^Suffix.Length]) is not { } png)
        {
            http.Response.Headers.CacheControl = "no-cache";
            return Results.Text("There is no such card.\n", statusCode: StatusCodes.Status404NotFound);
        }
        var etag = $"\"{name[..^Suffix.Length]}\"";
        http.Response.Headers.ETag = etag;
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return EntityTag.Matches(http.Request.Headers.IfNoneMatch, etag) ? Results.StatusCode(StatusCodes.Status304NotModified) : new Picture(png);
    }

    private sealed class Picture(byte[] png) : IResult
    {
        public Task ExecuteAsync(HttpContext http)
        {
            http.Response.ContentType = "image/png";
            http.Response.ContentLength = png.Length;
            return http.Response.Body.WriteAsync(png).AsTask();
        }
    }
}
