using Amble.App.Export;
using Amble.App.Http;
using Amble.Host.Specs.Fakes;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Export;

/// <summary>A job of any size is written while it is read: what has been read and not yet written is bounded, whatever the job's size.</summary>
public sealed class StreamingSpecs
{
    private const int Pages = 100_000;

    /// <summary>Bytes that a format may hold back: its buffer, and the slice in hand.</summary>
    private const long MostHeldBack = 1_000_000;

    [Theory]
    [InlineData(ExportFormat.Json)]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.Junit)]
    [InlineData(ExportFormat.Sarif)]
    public async Task A_hundred_thousand_pages_are_written_slice_by_slice(ExportFormat format)
    {
        var source = new EndlessJob();
        using var to = new CountingStream();
        // Each row makes at least this many bytes, so that what was read and is not there yet is held back.
        const int least = 100;
        var heldBack = 0L;
        source.OnSlice = () => heldBack = Math.Max(heldBack, Read() * least - to.Length);

        await ExportFormats.WriteAsync(format, to, new ExportInput(source, [source.Summary], null, null), CancellationToken.None);

        Assert.Equal(format == ExportFormat.Sarif ? SarifExport.MostResults : Pages, Read());
        Assert.True(to.Length > Read() * least, $"Only {to.Length} bytes came.");
        Assert.InRange(heldBack, 0, MostHeldBack);
        Assert.InRange(to.LargestWrite, 1, MostHeldBack);

        // SARIF is made of links, and of no more than may stand in it.
        long Read() => format == ExportFormat.Sarif ? Math.Min(source.Links, SarifExport.MostResults) : source.Given;
    }

    [Fact]
    public async Task Whoever_hangs_up_ends_the_reading()
    {
        var source = new EndlessJob();
        using var stop = new CancellationTokenSource();
        source.OnSlice = () =>
        {
            if (source.Given >= 2_000)
            {
                stop.Cancel();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => CsvExport.WriteAsync(Stream.Null, new ExportInput(source, [source.Summary], null, null), stop.Token));
        Assert.InRange(source.Given, 2_000, 3_000);
    }

    /// <summary>Every page is ok, one of them is broken and linked from all others; rows are made when they are asked for.</summary>
    private sealed class EndlessJob : IExportSource
    {
        /// <summary>Pages given out.</summary>
        public long Given { get; private set; }

        public long Links { get; private set; }

        public Action OnSlice { get; set; } = () => { };

        public JobSummary Summary { get; } = JobSummary.Of(new FakeNode().Add("https://example.org/", JobState.Completed, FakeNode.Counts(ok: Pages, broken: 1)), null);

        public Task<JobFindings> ReadFindingsAsync(JobId job, CancellationToken stop) => Task.FromResult(new JobFindings([], [], []));

        public Task<Slice<PageRow>> ReadPagesAsync(JobId job, StatusClass? only, int limit, long? after, CancellationToken stop)
        {
            var slice = only is null or StatusClass.Ok ? Give(limit, after, stop, number => Page(job, number), row => row.Page) : new Slice<PageRow>([], null);
            Given += slice.Items.Count;
            return Task.FromResult(slice);
        }

        public Task<Slice<BrokenRow>> ReadBrokenAsync(JobId job, int limit, long? after, CancellationToken stop) =>
            Task.FromResult(new Slice<BrokenRow>([new BrokenRow(0, 7, "https://example.org/gone", "404", 404, null, 1, 40, Pages)], null));

        public Task<Slice<LinkRow>> ReadSourcesAsync(JobId job, long page, int limit, long? after, CancellationToken stop)
        {
            var slice = Give(limit, after, stop, number => new LinkRow((int)number, $"https://example.org/section/page-{number:000000}.html", "Imprint and contact"), row => row.Number);
            Links += slice.Items.Count;
            return Task.FromResult(slice);
        }

        public Task<Slice<RedirectRow>> ReadRedirectsAsync(JobId job, int limit, long? after, CancellationToken stop) => Task.FromResult(new Slice<RedirectRow>([], null));

        private static PageRow Page(JobId job, long number) =>
            PageRow.Of(job, FakeNode.Visit($"https://example.org/section/page-{number:000000}.html", StatusClass.Ok, 200) with { Page = new PageId(number) });

        private Slice<T> Give<T>(int limit, long? after, CancellationToken stop, Func<long, T> row, Func<T, long> key)
        {
            OnSlice();
            stop.ThrowIfCancellationRequested();
            var from = (after ?? 0) + 1;
            var rows = Enumerable.Range(0, (int)Math.Min(limit, Pages - from + 1)).Select(i => row(from + i)).ToList();
            return Slices.Of(rows, limit, key);
        }
    }

    private sealed class CountingStream : Stream
    {
        private long _length;

        public long LargestWrite { get; private set; }
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => _length;
        public override long Position { get => _length; set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count)
        {
            _length += count;
            LargestWrite = Math.Max(LargestWrite, count);
        }

        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
