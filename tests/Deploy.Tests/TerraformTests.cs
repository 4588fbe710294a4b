using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aisle.RetrainTrigger;
using Aisle.Testing;

namespace Aisle.Deploy.Tests;

/// <summary><c>deploy/</c> makes what the code and <c>cloudbuild.yaml</c> name.</summary>
public sealed partial class TerraformTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_knows_the_services_that_are_deployed_and_lets_each_read_its_own_secrets()
    {
        TerraformFiles terraform = await ReadAsync();
        IReadOnlyList<DeployedService> services = BuildFile.Read().Services;
        Dictionary<string, string[]> readers = terraform.Local("keys").EnumerateObject().ToDictionary(role => $"aisle-{role.Name}-keys", role => Texts(role.Value));
        string[] pseudonymizers = [.. services.Select(service => service.Name)];

        Assert.Equal(services.Select(service => service.Name).Order(), Names(terraform.Local("services")).Order());
        Assert.All(services, service => Assert.All(service.Secrets, secret =>
        {
            string name = secret.Value.Split(':')[0];
            Assert.Contains(service.Name, name == "aisle-pseudonym-key" ? pseudonymizers : readers.GetValueOrDefault(name, []));
        }));
        Assert.All(readers, secret => Assert.All(secret.Value, reader =>
            Assert.Contains(secret.Key, services.Single(service => service.Name == reader).Secrets.Values.Select(value => value.Split(':')[0]))));
    }

    [Fact]
    public async Task Topics_that_services_publish_to_exist_and_may_be_published_to()
    {
        TerraformFiles terraform = await ReadAsync();
        string topics = terraform.Resources("google_pubsub_topic")["topics"].GetProperty("for_each").GetString()!;
        JsonElement services = terraform.Local("services");

        foreach (DeployedService service in BuildFile.Read().Services)
        {
            string[] named = [.. service.Variables.Where(variable => variable.Key.EndsWith("_TOPIC", StringComparison.Ordinal)).Select(variable => variable.Value)];
            Assert.All(named, topic => Assert.Contains($"\"{topic["aisle-".Length..]}\"", topics));
            string[] publishes = Texts(services.GetProperty(service.Name).GetProperty("publishes"));
            Assert.All(publishes, topic => Assert.Contains($"aisle-{topic}", named));
        }
    }

    [Fact]
    public async Task Pushes_and_schedules_go_to_paths_that_exist()
    {
        TerraformFiles terraform = await ReadAsync();
        Dictionary<string, string> paths = new()
        {
            ["retrain-trigger"] = SourceText.Of("functions/RetrainTrigger/RetrainTriggerEndpoint.cs") + SourceText.Of("functions/RetrainTrigger/Drift/DriftRoutes.cs") + SourceText.Of("functions/RetrainTrigger/Google/ShardRoute.cs"),
            ["ab-report"] = SourceText.Of("functions/AbReport/Reviewing/ReviewRoutes.cs"),
        };

        JsonElement pushes = terraform.Local("pushes");
        Assert.Equal("/", pushes.GetProperty("events").GetProperty("path").GetString());
        Assert.All(
            terraform.Local("schedules").EnumerateObject().Append(pushes.EnumerateObject().Single(push => push.Name == "shards")),
            target => Assert.Contains($"{target.Value.GetProperty("path").GetString()!.TrimStart('/')}\"", paths[target.Value.GetProperty("service").GetString()!]));
        JsonElement subscription = terraform.Resources("google_pubsub_subscription")["push"];
        Assert.True(subscription.TryGetProperty("dead_letter_policy", out _));
        Assert.True(subscription.GetProperty("push_config")[0].TryGetProperty("oidc_token", out _));
        Assert.All(pushes.EnumerateObject(), push => Assert.InRange(push.Value.GetProperty("deadline").GetInt32(), 10, 600));
        Assert.All(pushes.EnumerateObject(), push => Assert.InRange(push.Value.GetProperty("attempts").GetInt32(), 5, 100));
    }

    [Fact]
    public async Task Schedules_keep_off_the_full_hour_and_within_Schedulers_deadline()
    {
        TerraformFiles terraform = await ReadAsync();

        Assert.All(terraform.Local("schedules").EnumerateObject(), schedule =>
        {
            Match minutes = Minutes().Match(schedule.Value.GetProperty("cron").GetString()!);
            Assert.True(minutes.Success, schedule.Name);
            int first = int.Parse(minutes.Groups[1].Value, CultureInfo.InvariantCulture);
            Assert.InRange(first, 1, minutes.Groups[3].Success ? int.Parse(minutes.Groups[3].Value, CultureInfo.InvariantCulture) - 1 : 59);
            Assert.InRange(int.Parse(schedule.Value.GetProperty("deadline").GetString()![..^1], CultureInfo.InvariantCulture), 15, 1800);
        });
    }

    [Fact]
    public async Task Scheduler_calls_the_service_of_the_path_with_the_operators_key_and_waits_no_longer_than_the_service_works()
    {
        TerraformFiles terraform = await ReadAsync();
        JsonElement target = terraform.Resources("google_cloud_scheduler_job")["ticks"].GetProperty("http_target")[0];
        Dictionary<string, DeployedService> services = BuildFile.Read().Services.ToDictionary(service => service.Name);

        Assert.Equal("${local.service_urls[each.value.service]}${each.value.path}", target.GetProperty("uri").GetString());
        Assert.Contains("random_password.keys[\"operator\"]", target.GetProperty("headers").GetProperty("X-Api-Key").GetString());
        Assert.Equal("${local.service_urls[each.value.service]}", target.GetProperty("oidc_token")[0].GetProperty("audience").GetString());
        Assert.All(terraform.Local("schedules").EnumerateObject(), schedule =>
        {
            DeployedService called = services[schedule.Value.GetProperty("service").GetString()!];
            Assert.InRange(Seconds(schedule.Value.GetProperty("deadline").GetString()!), 15, Seconds(called.Flag("timeout")!));
            Assert.Contains("AISLE_OPERATOR_KEYS", called.Secrets.Keys);
        });

        static int Seconds(string duration) => int.Parse(duration.TrimEnd('s'), CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task The_age_alert_stands_at_the_guards_own_limit_and_the_absence_alert_is_one_that_Monitoring_accepts()
    {
        TerraformFiles terraform = await ReadAsync();
        JsonElement[] conditions = [.. terraform.Resources("google_monitoring_alert_policy")["stale_model"].GetProperty("conditions").EnumerateArray()];

        double threshold = conditions[0].GetProperty("condition_threshold")[0].GetProperty("threshold_value").GetDouble();
        Assert.Equal(new RetrainOptions { RunsFolder = "" }.MaxModelAge.TotalSeconds, threshold);
        Assert.Contains(threshold, terraform.Local("log_metrics").GetProperty("model_age_seconds").GetProperty("bounds").EnumerateArray().Select(bound => bound.GetDouble()));
        int absence = int.Parse(conditions[1].GetProperty("condition_absent")[0].GetProperty("duration").GetString()![..^1], CultureInfo.InvariantCulture);
        Assert.InRange(absence, 120, 84_600); // 23.5 hours
        Assert.Equal(0, absence % 60);
    }

    [Fact]
    public async Task Log_based_metrics_read_entries_that_the_code_writes()
    {
        TerraformFiles terraform = await ReadAsync();

        foreach (JsonProperty metric in terraform.Local("log_metrics").EnumerateObject())
        {
            string category = Category().Match(metric.Value.GetProperty("filter").GetString()!).Groups[1].Value;
            Assert.True(category.EndsWith('.') ? SourceText.Has("functions/", $"namespace {category.TrimEnd('.')};") : SourceText.HasClass(category), category);
        }

        Assert.Contains("age_s={", SourceText.Of("functions/RetrainTrigger/Google/ModelAgeLog.cs"));
        Assert.Contains("age_s=([0-9]+)", terraform.Local("log_metrics").GetProperty("model_age_seconds").GetProperty("value").GetString());
    }

    [Fact]
    public async Task Documents_that_expire_have_the_field_and_exempted_fields_are_written()
    {
        TerraformFiles terraform = await ReadAsync();
        Dictionary<string, string> documents = new()
        {
            ["profiles"] = "ProfileDocument",
            ["lists"] = "CandidateDocument",
            ["products"] = "ProductDocument",
            ["runs"] = "RunDocument",
            ["experiments"] = "ExperimentDocument",
            ["price_changes"] = "PriceChangeDocument",
            ["merchandising"] = "FirestoreRuleStore",
            ["availability"] = "AvailabilityDocument",
            ["shards"] = "FirestoreShardLedger",
        };

        Assert.All(terraform.Local("expiring").EnumerateObject(), group => Assert.Contains($"[\"{group.Value.GetString()}\"]", Document(group.Name)));
        Assert.All(
            terraform.Local("unindexed").EnumerateObject().SelectMany(group => Texts(group.Value), (group, field) => (Group: group.Name, Field: field)),
            exempt => Assert.True(Document(exempt.Group).Contains($"[\"{exempt.Field}\"]"), $"{exempt.Group}.{exempt.Field}"));
        Assert.All(documents.Keys, group => Assert.True(SourceText.Has("google/Firestore/", $"Collection(\"{group}\")") || SourceText.Has("google/Firestore/", $"\"{group}\""), group));

        string Document(string group) => SourceText.Of($"google/Firestore/{documents[group]}.cs");
    }

    [Fact]
    public async Task Files_that_it_reads_exist_and_substitutions_of_the_build_are_all_given()
    {
        TerraformFiles terraform = await ReadAsync();

        Assert.All(SqlFile().Matches(terraform.ToString()).Select(match => match.Groups[1].Value).Distinct(), file =>
            Assert.True(File.Exists(Path.Combine(RepositoryRoot.Path, "google", "Sql", file)), file));
        Assert.Equal(BuildFile.Read().Substitutions.Keys.Order(), Names(terraform.Local("build_substitutions")).Order());
        string readme = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "deploy", "README.md"), Token);
        Assert.All(terraform.Variables, variable => Assert.Contains($"`{variable}`", readme));
    }

    private static async Task<TerraformFiles> ReadAsync()
    {
        (TerraformFiles? files, string? absence) = await TerraformFiles.ReadAsync(Token);
        Assert.SkipWhen(files is null, absence ?? "");
        return files!;
    }

    private static string[] Names(JsonElement map) => [.. map.EnumerateObject().Select(entry => entry.Name)];

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(entry => entry.GetString()!)];

    [GeneratedRegex(@"^(\d+)(?:-(\d+)/(\d+))? ")]
    private static partial Regex Minutes();

    [GeneratedRegex("category[:=]\"([A-Za-z.]+)\"")]
    private static partial Regex Category();

    [GeneratedRegex(@"google/Sql/([A-Za-z_/]+\.sql)")]
    private static partial Regex SqlFile();
}
