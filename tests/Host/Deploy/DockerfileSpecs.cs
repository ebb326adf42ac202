using System.Net;
using System.Text.Json;
using Amble.Host.Specs.Fakes;
using Xunit;

namespace Amble.Host.Specs.Deploy;

/// <summary>The image is built whole, runs as nobody in particular, and asks a route that exists for its health.</summary>
public sealed class DockerfileSpecs
{
    private static readonly IReadOnlyList<(string Word, string Said)> Steps = Read();

    // A comment is a line of its own, and a backslash at a line's end leads on (Dockerfile reference, "Format").
    private static IReadOnlyList<(string, string)> Read()
    {
        var lines = Yaml.Text("Dockerfile").Split('\n').Where(line => line.Length > 0 && !line.StartsWith('#'));
        var whole = string.Join('\n', lines).Replace("\\\n", " ", StringComparison.Ordinal);
        return [.. whole.Split('\n').Select(line => line.Split(' ', 2)).Select(parts => (parts[0], parts[1]))];
    }

    private static IEnumerable<string> All(string word) => Steps.Where(step => step.Word == word).Select(step => step.Said);

    private static string[] List(string json) => JsonSerializer.Deserialize<string[]>(json[json.IndexOf('[', StringComparison.Ordinal)..])!;

    [Fact]
    public void Both_images_are_of_the_pinned_dotnet()
    {
        var pinned = (string)System.Text.Json.Nodes.JsonNode.Parse(Yaml.Text("../global.json"))!["sdk"]!["version"]!;
        var tag = string.Join('.', pinned.Split('.')[..2]);
        Assert.Equal([$"mcr.microsoft.com/dotnet/sdk:{tag} AS build", $"mcr.microsoft.com/dotnet/aspnet:{tag}"], All("FROM"));
    }

    [Fact]
    public void A_build_without_the_parts_Cluster_and_Skia_is_an_error()
    {
        Assert.Contains("./build/configure.sh --require cluster,skia", All("RUN"));
        Assert.Contains("cluster", Parts());
        Assert.Contains("skia", Parts());
    }

    [Fact]
    public void It_runs_as_the_images_own_user()
    {
        var last = Steps.ToList().FindLastIndex(step => step.Word == "USER");
        Assert.Equal("$APP_UID", Steps[last].Said);
        Assert.True(last > Steps.ToList().FindLastIndex(step => step.Word is "FROM" or "RUN" or "COPY"));
    }

    [Fact]
    public async Task Its_health_is_asked_of_a_route_that_exists_at_the_port_that_it_serves()
    {
        await using var served = await Served.StartAsync();
        var asked = new Uri(List(Assert.Single(All("HEALTHCHECK")))[^1]);
        using var answer = await served.Http.GetAsync(asked.AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.EndsWith($":{asked.Port}", new NodeWords(List(Assert.Single(All("CMD"))))["--http"], StringComparison.Ordinal);
    }

    [Fact]
    public void Its_command_is_one_that_the_program_knows()
    {
        new NodeWords(List(Assert.Single(All("CMD")))).AssertKnown();
        Assert.Equal(["dotnet", "/app/amble.dll"], List(Assert.Single(All("ENTRYPOINT"))));
        Assert.Contains("<AssemblyName>amble</AssemblyName>", Yaml.Text("../src/Host/App/App.csproj"), StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_do_not_come_into_the_image() =>
        Assert.Subset(Yaml.Text("Dockerfile.dockerignore").Split('\n').ToHashSet(), new HashSet<string> { ".git", "deploy/.env", "deploy/secrets", "parts.props" });

    private static string[] Parts()
    {
        var line = Yaml.Text("../build/configure.sh").Split('\n').Single(text => text.StartsWith("parts='", StringComparison.Ordinal));
        return line["parts='".Length..^1].Split(' ');
    }
}
