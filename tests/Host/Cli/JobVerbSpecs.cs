using Amble.Host.Specs.Fakes;
using Amble.Messages;
using Xunit;

namespace Amble.Host.Specs.Cli;

public sealed class JobVerbSpecs : IDisposable
{
    private readonly Door _door = new();

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task A_running_job_is_cancelled_and_an_ended_one_is_not()
    {
        _door.Node.Add("https://example.org/", JobState.Running);

        Assert.Equal(0, await _door.RunAsync("cancel", "1", "--data", _door.Data));
        Assert.Equal(2, await _door.RunAsync("cancel", "1", "--data", _door.Data));
        Assert.Contains("Job 1 is cancelled already", Assert.Single(_door.Problems));
    }

    [Fact]
    public async Task A_retry_says_how_to_crawl_what_is_open_again()
    {
        _door.Node.Add("https://example.org/?a&b", JobState.Completed, FakeNode.Counts(ok: 1, broken: 1));

        Assert.Equal(0, await _door.RunAsync("retry", "1", "--data", _door.Data));
        Assert.Contains($"1 page of job 1 is open again; to ask for them: amble crawl 'https://example.org/?a&b' --data {_door.Data}.", _door.Out);
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("retry")]
    public async Task A_job_that_is_not_there_is_one_sentence(string verb)
    {
        Assert.Equal(2, await _door.RunAsync(verb, "9", "--data", _door.Data));
        Assert.Equal($"There is no job 9 in '{_door.Data}'.", Assert.Single(_door.Problems));
    }

    [Theory]
    [InlineData("purge")]
    [InlineData("cards", "--new")]
    [InlineData("retry", "1")]
    [InlineData("cancel", "1")]
    public async Task A_mistyped_directory_is_one_sentence_and_is_not_made(params string[] words)
    {
        var typo = _door.PathOf("typo");
        Assert.Equal(2, await _door.RunAsync([.. words, "--data", typo]));
        Assert.Equal($"There is no data directory '{typo}'; name another with --data DIR.", Assert.Single(_door.Problems));
        Assert.False(Directory.Exists(typo));
    }

    [Fact]
    public async Task No_job_is_taken_up_by_the_way()
    {
        _door.Node.Add("https://example.org/", JobState.Running);

        await _door.RunAsync("cancel", "1", "--data", _door.Data);

        Assert.Empty(_door.Node.OpenedWith!.Only!);
        Assert.DoesNotContain("start", _door.Node.Said);
    }
}
