using System.Runtime.CompilerServices;
using Amble.App.Http;
using Amble.Messages;

namespace Amble.App.Export;

/// <summary>Where exports read from: this process's store, or a running <c>serve</c>. Every list comes in slices of at most <c>limit</c> rows.</summary>
public interface IExportSource
{
    /// <summary>What was kept out, and sitemaps; broken and refused pages are lists of their own.</summary>
    Task<JobFindings> ReadFindingsAsync(JobId job, CancellationToken stop);

    /// <summary>Pages by their numbers; <paramref name="after"/> is the last one of the slice before.</summary>
    Task<Slice<PageRow>> ReadPagesAsync(JobId job, StatusClass? only, int limit, long? after, CancellationToken stop);

    Task<Slice<BrokenRow>> ReadBrokenAsync(JobId job, int limit, long? after, CancellationToken stop);

    /// <summary>Pages that link to the broken page of this number.</summary>
    Task<Slice<LinkRow>> ReadSourcesAsync(JobId job, long page, int limit, long? after, CancellationToken stop);

    Task<Slice<RedirectRow>> ReadRedirectsAsync(JobId job, int limit, long? after, CancellationToken stop);
}

/// <summary>The same lists from beginning to end.</summary>
public static class ExportLists
{
    public static IAsyncEnumerable<PageRow> PagesAsync(this IExportSource source, JobId job, StatusClass? only, CancellationToken stop) =>
        Slices.AllAsync(after => source.ReadPagesAsync(job, only, Slices.Size, after, stop));

    public static IAsyncEnumerable<BrokenRow> BrokenAsync(this IExportSource source, JobId job, CancellationToken stop) =>
        Slices.AllAsync(after => source.ReadBrokenAsync(job, Slices.Size, after, stop));

    public static IAsyncEnumerable<RedirectRow> RedirectsAsync(this IExportSource source, JobId job, CancellationToken stop) =>
        Slices.AllAsync(after => source.ReadRedirectsAsync(job, Slices.Size, after, stop));

    public static IAsyncEnumerable<LinkRow> SourcesAsync(this IExportSource source, JobId job, BrokenRow broken, CancellationToken stop) =>
        Slices.AllAsync(after => source.ReadSourcesAsync(job, broken.Page, Slices.Size, after, stop));

    /// <summary>The links to a broken page. A page that nobody links to, such as the start page, has one link from nowhere.</summary>
    public static async IAsyncEnumerable<BrokenLink> LinksAsync(
        this IExportSource source, JobId job, BrokenRow broken, [EnumeratorCancellation] CancellationToken stop)
    {
        var any = false;
        await foreach (var link in source.SourcesAsync(job, broken, stop))
        {
            any = true;
            yield return new BrokenLink(broken, link.Page, link.Anchor);
        }
        if (!any)
        {
            yield return new BrokenLink(broken, "", "");
        }
    }
}

/// <param name="Source">The page that links; empty when none does.</param>
public sealed record BrokenLink(BrokenRow Target, string Source, string Anchor)
{
    public LinkKey Key => LinkKey.Of(Target.Url, Source);
}
