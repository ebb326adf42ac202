namespace Amble.App.Http;

/// <param name="Job">The job that runs again.</param>
/// <param name="Opened">Pages that are open again.</param>
public sealed record RetryAnswer(long Job, long Opened);
