namespace Amble.Messages;

/// <summary>One line of the access log: a request that our own page server answered.</summary>
/// <param name="At">When the answer ended; its request came <paramref name="Duration"/> earlier.</param>
/// <param name="Method">At most <see cref="MostMethod"/> characters.</param>
/// <param name="Path">Without its query, which may hold what is nobody's business; at most <see cref="MostPath"/> characters.</param>
/// <param name="Status">HTTP status; 499 when the reader hung up first.</param>
/// <param name="Bytes">Of the answer's body.</param>
/// <param name="CacheHit">Answered by 304: the reader's own copy was still good.</param>
/// <param name="Client">Who asked, truncated or as a salted hash (see the client rule); empty when nothing is kept.</param>
public sealed record Hit(
    DateTimeOffset At, string Method, string Path, HitKind Kind, int Status, long Bytes, TimeSpan Duration, bool CacheHit, string Client, AgentClass Agent)
{
    public const int MostMethod = 16;

    /// <summary>Ours are short; a stranger's may be anything.</summary>
    public const int MostPath = 512;

    /// <summary>Statuses of the kind that must be kept longest when there is no room for all (A-10+).</summary>
    public bool IsError => Status >= 500;
}

/// <summary>What kind of page was asked for.</summary>
public enum HitKind
{
    /// <summary>No page of ours, by its path.</summary>
    Other = 0,
    Home = 1,
    Job = 2,

    /// <summary>A list of a job: its pages, what is broken, redirected or slow.</summary>
    JobList = 3,
    Page = 4,
    Site = 5,

    /// <summary>The page that tells site owners who crawls.</summary>
    Bot = 6,
    Api = 7,

    /// <summary>A stream of a job's events, which lasts as long as somebody looks.</summary>
    Events = 8,
    Card = 9,

    /// <summary>What pages are drawn with: style, script, icon.</summary>
    File = 10,
}

/// <summary>What asked, by its own word. Only a browser counts as a reader; the others are bots.</summary>
public enum AgentClass
{
    /// <summary>It did not say, or nothing that is known.</summary>
    Unknown = 0,
    Browser = 1,

    /// <summary>Reads for a search engine.</summary>
    Search = 2,

    /// <summary>Makes a preview of a link that somebody posted.</summary>
    Preview = 3,

    /// <summary>Reads for a language model or its users.</summary>
    Ai = 4,

    /// <summary>Asks again and again whether it is up.</summary>
    Monitor = 5,

    /// <summary>A command or a library: curl, a script.</summary>
    Tool = 6,

    /// <summary>Any other program that calls itself a bot.</summary>
    Bot = 7,
}
