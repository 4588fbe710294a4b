using System.Text.RegularExpressions;

namespace Aisle.Deploy.Tests;

/// <summary>What <c>terraform validate</c> would find first: names that nothing defines, names that nothing uses,
/// services that are not enabled.</summary>
public sealed partial class TerraformReferenceTests
{
    /// <summary>Which API a resource's type belongs to, by the type's beginning; the longest counts.</summary>
    private static readonly Dictionary<string, string> Apis = new()
    {
        ["google_bigquery_"] = "bigquery",
        ["google_bigquery_connection"] = "bigqueryconnection",
        ["google_bigquery_data_transfer_config"] = "bigquerydatatransfer",
        ["google_bigquery_reservation"] = "bigqueryreservation",
        ["google_billing_"] = "billingbudgets",
        ["google_cloud_run_"] = "run",
        ["google_cloud_scheduler_"] = "cloudscheduler",
        ["google_cloudbuild_"] = "cloudbuild",
        ["google_firestore_"] = "firestore",
        ["google_logging_"] = "logging",
        ["google_monitoring_"] = "monitoring",
        ["google_pubsub_"] = "pubsub",
        ["google_secret_manager_"] = "secretmanager",
        ["google_storage_"] = "storage",
    };

    /// <summary>Of the project itself; what enables an API needs none.</summary>
    private static readonly string[] WithoutApi = ["google_project_iam_member", "google_project_service", "google_service_account", "google_service_account_iam_member"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_name_that_is_referred_to_is_defined()
    {
        TerraformFiles terraform = await ReadAsync();
        string text = terraform.ToString();

        Assert.Empty(Named(VariableReference(), text).Except(terraform.Variables));
        Assert.Empty(Named(LocalReference(), text).Except(terraform.Locals));
        Assert.Empty(ResourceReference().Matches(text).Select(match => match.Value).Distinct().Except(terraform.Addresses));
        Assert.Empty(Named(DataReference(), text).Except(terraform.DataSources));
    }

    [Fact]
    public async Task Every_variable_and_local_is_used()
    {
        TerraformFiles terraform = await ReadAsync();
        string text = terraform.ToString();

        Assert.Empty(terraform.Variables.Except(Named(VariableReference(), text)));
        Assert.Empty(terraform.Locals.Except(Named(LocalReference(), text)));
    }

    [Fact]
    public async Task Every_service_that_a_resource_needs_is_enabled()
    {
        TerraformFiles terraform = await ReadAsync();
        string enabled = terraform.Resources("google_project_service")["apis"].GetProperty("for_each").GetString()!;
        string[] types = [.. terraform.Addresses.Select(address => address.Split('.')[0]).Where(type => type.StartsWith("google_", StringComparison.Ordinal)).Distinct().Except(WithoutApi)];

        Assert.All(types, type =>
        {
            string prefix = Apis.Keys.Where(known => type.StartsWith(known, StringComparison.Ordinal)).MaxBy(known => known.Length) ?? "";
            Assert.True(Apis.TryGetValue(prefix, out string? api), $"{type} is of no API that this test knows; add it.");
            Assert.Contains($"\"{api}.googleapis.com\"", enabled);
        });
    }

    [Fact]
    public async Task As_many_workers_share_the_ramp_as_the_service_may_have()
    {
        TerraformFiles terraform = await ReadAsync();
        DeployedService service = BuildFile.Read().Services.Single(service => service.Name == "retrain-trigger");

        Assert.Contains($"\"{service.Flag("max-instances")}\"", terraform.Local("build_substitutions").GetProperty("_LIST_WRITERS").GetString());
    }

    private static async Task<TerraformFiles> ReadAsync()
    {
        (TerraformFiles? files, string? absence) = await TerraformFiles.ReadAsync(Token);
        Assert.SkipWhen(files is null, absence ?? "");
        return files!;
    }

    private static IEnumerable<string> Named(Regex reference, string text) => reference.Matches(text).Select(match => match.Groups[1].Value).Distinct();

    [GeneratedRegex(@"(?<![\w.])var\.(\w+)")]
    private static partial Regex VariableReference();

    [GeneratedRegex(@"(?<![\w.])local\.(\w+)")]
    private static partial Regex LocalReference();

    [GeneratedRegex(@"(?<![\w.])data\.(\w+\.\w+)")]
    private static partial Regex DataReference();

    [GeneratedRegex(@"(?<![\w./])(?:google|random)_\w+\.\w+")]
    private static partial Regex ResourceReference();
}
