using Amble.App.Export;
using Amble.App.Http;
using Amble.Messages;

namespace Amble.App.Cli;

/// <summary>Reads from a running <c>serve</c>, by the same lists that its API gives to anyone.</summary>
internal sealed class RemoteExportSource(RemoteDesk desk) : IExportSource
{
    public Task<JobFindings> ReadFindingsAsync(JobId job, CancellationToken stop) => desk.ReadFindingsAsync(job, 1, stop);

    public Task<Slice<PageRow>> ReadPagesAsync(JobId job, StatusClass? only, int limit, long? after, CancellationToken stop) =>
        ReadAsync<PageRow>(job, "pages", limit, after, stop, only is { } @class ? $"&class={ClassNames.Of(@class)}" : "");

    public Task<Slice<BrokenRow>> ReadBrokenAsync(JobId job, int limit, long? after, CancellationToken stop) => ReadAsync<BrokenRow>(job, "broken", limit, after, stop);

    public Task<Slice<LinkRow>> ReadSourcesAsync(JobId job, long page, int limit, long? after, CancellationToken stop) =>
        ReadAsync<LinkRow>(job, $"broken/{page}/sources", limit, after, stop);

    public Task<Slice<RedirectRow>> ReadRedirectsAsync(JobId job, int limit, long? after, CancellationToken stop) =>
        ReadAsync<RedirectRow>(job, "redirects", limit, after, stop);

    private async Task<Slice<T>> ReadAsync<T>(JobId job, string list, int limit, long? after, CancellationToken stop, string filter = "") =>
        await desk.GetAsync<Slice<T>>($"api/jobs/{job}/{list}?limit={limit}{(after is null ? "" : $"&after={after}")}{filter}", stop)
        ?? throw new DeskException($"Job {job} is no longer there.");
}
