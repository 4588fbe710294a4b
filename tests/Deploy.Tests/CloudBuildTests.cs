using System.Text.RegularExpressions;
using Aisle.Testing;

namespace Aisle.Deploy.Tests;

/// <summary><c>cloudbuild.yaml</c> deploys what the code is: entry points, projects, environment variables.</summary>
public sealed partial class CloudBuildTests
{
    private static readonly BuildFile Build = BuildFile.Read();

    public static TheoryData<string> Services => [.. Build.Services.Select(service => service.Name)];

    [Fact]
    public void It_restores_builds_and_tests_before_it_deploys_the_five_services()
    {
        Assert.Equal(
            ["restore", "build", "test", "deploy collect-events", "deploy ingest-event", "deploy score-user", "deploy retrain-trigger", "deploy ab-report"], Build.Steps);
        Assert.Equal(5, Build.Services.Count);
    }

    [Theory, MemberData(nameof(Services))]
    public void An_entry_point_is_a_class_of_the_one_project_that_is_built(string name)
    {
        DeployedService service = Service(name);

        Assert.True(SourceText.HasClass(service.EntryPoint), service.EntryPoint);
        Assert.Single(Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, service.Project), "*.csproj", SearchOption.AllDirectories));
        Assert.True(File.Exists(Path.Combine(RepositoryRoot.Path, service.Project, $"{service.EntryPoint.Split('.')[^1]}.cs")));
        Assert.Contains($"| `{name}` | `{service.EntryPoint}` | `{service.Project}` |", File.ReadAllText(Path.Combine(RepositoryRoot.Path, "google", "README.md")));
    }

    [Theory, MemberData(nameof(Services))]
    public void Every_variable_that_is_set_is_read_and_every_required_one_is_set(string name)
    {
        DeployedService service = Service(name);
        string[] required = [.. RequiredVariable().Matches(SourceText.Of("google/GoogleOptionsReader.cs")).Select(match => match.Groups[1].Value)];

        Assert.All(service.Variables.Keys, variable => Assert.True(SourceText.Has("", $"\"{variable}\""), variable));
        Assert.True(required.Length >= 4);
        Assert.Empty(required.Except(service.Variables.Keys));
        Assert.Contains("AISLE_PSEUDONYM_KEY", service.Secrets.Keys);
        Assert.Contains("AISLE_OPERATOR_KEYS", service.Secrets.Keys);
        Assert.Empty(service.Variables.Keys.Intersect(service.Secrets.Keys));
    }

    [Theory, MemberData(nameof(Services))]
    public void The_candidate_cache_is_offered_to_the_services_that_can_use_it(string name)
    {
        DeployedService service = Service(name);

        Assert.Equal(SourceText.Has($"{service.Project}/", "\"AISLE_REDIS\""), service.Variables.ContainsKey("AISLE_REDIS"));
        Assert.Equal("", Build.Substitutions["_REDIS"]);
    }

    [Theory, MemberData(nameof(Services))]
    public void Every_substitution_is_defined(string name)
    {
        string[] used = [.. Service(name).Flags.SelectMany(flag => Substitution().Matches(flag)).Select(match => match.Value[1..])];

        Assert.Empty(used.Except(Build.Substitutions.Keys).Except(["PROJECT_ID"]));
    }

    [Theory, MemberData(nameof(Services))]
    public void Limits_are_set_and_nobody_is_let_in_by_a_deployment(string name)
    {
        DeployedService service = Service(name);

        Assert.All(["min-instances", "max-instances", "concurrency", "cpu", "memory", "timeout"], flag => Assert.NotNull(service.Flag(flag)));
        Assert.Contains("--no-allow-unauthenticated", service.Flags);
    }

    [Theory]
    [InlineData("score-user", ",readonly=true")]
    [InlineData("retrain-trigger", "")]
    public void The_bucket_of_the_models_is_mounted_where_the_service_looks_for_it(string name, string rest)
    {
        DeployedService service = Service(name);

        Assert.Equal($"volume=models,mount-path={service.Variables["AISLE_MODELS_FOLDER"]}", service.Flag("add-volume-mount"));
        Assert.Equal($"name=models,type=cloud-storage,bucket=$_MODELS_BUCKET{rest}", service.Flag("add-volume"));
    }

    [Fact]
    public void What_works_between_requests_keeps_its_processor() => Assert.Contains("--no-cpu-throttling", Service("score-user").Flags);

    [Fact]
    public void A_services_upload_has_all_that_it_is_built_of()
    {
        string[] ignored = [.. File.ReadLines(Path.Combine(RepositoryRoot.Path, ".gcloudignore")).Select(line => line.Trim('/'))];

        Assert.DoesNotContain(ignored, folder => folder is "google" or "functions" or "shared" or "local");
        Assert.Contains("tests", ignored);
    }

    private static DeployedService Service(string name) => Build.Services.Single(service => service.Name == name);

    [GeneratedRegex("= Required\\(\"([A-Z_]+)\"")]
    private static partial Regex RequiredVariable();

    [GeneratedRegex(@"\$\w+")]
    private static partial Regex Substitution();
}
