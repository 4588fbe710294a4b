using System.Text.Json;
using System.Text.RegularExpressions;

namespace Aisle.Deploy.Tests;

/// <summary>What a service tries at start is what its identity is granted: no role is missing, and none is granted for nothing.</summary>
public sealed partial class IdentityTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("collect-events", "functions/IngestEvent/Google/CollectEventsStartup.cs")]
    [InlineData("ingest-event", "functions/IngestEvent/Google/IngestEventStartup.cs")]
    [InlineData("score-user", "functions/ScoreUser/Google/ScoreUserStartup.cs")]
    [InlineData("retrain-trigger", "functions/RetrainTrigger/Google/RetrainTriggerStartup.cs")]
    [InlineData("ab-report", "functions/AbReport/Google/AbReportStartup.cs")]
    public async Task An_identity_is_granted_what_its_service_needs(string service, string startup)
    {
        (TerraformFiles? files, string? absence) = await TerraformFiles.ReadAsync(Token);
        Assert.SkipWhen(files is null, absence ?? "");
        JsonElement granted = files!.Local("services").GetProperty(service);
        string[] needs = [.. Need().Matches(SourceText.Of(startup)).Select(need => need.Groups[1].Value).Distinct()];

        Assert.NotEmpty(needs);
        Assert.Equal(granted.GetProperty("documents").GetBoolean(), needs.Contains("Documents"));
        Assert.Equal(granted.GetProperty("reads_warehouse").GetBoolean(), needs.Contains("ReadsWarehouse"));
        Assert.Equal(granted.GetProperty("writes_warehouse").GetBoolean(), needs.Contains("WritesWarehouse"));
        Assert.Equal(granted.GetProperty("models").GetBoolean(), needs.Contains("Models"));
        Assert.Equal(
            granted.GetProperty("publishes").EnumerateArray().Select(topic => topic.GetString()!).Order(),
            needs.Where(need => need.StartsWith("Publishes", StringComparison.Ordinal)).Select(need => need["Publishes".Length..].ToLowerInvariant()).Order());
    }

    [Fact]
    public async Task Every_role_that_a_start_check_names_is_granted_to_somebody()
    {
        (TerraformFiles? files, string? absence) = await TerraformFiles.ReadAsync(Token);
        Assert.SkipWhen(files is null, absence ?? "");
        string[] roles = [.. Role().Matches(SourceText.Of("google/Start/NeedsServices.cs")).Select(role => role.Value).Distinct()];

        Assert.True(roles.Length >= 6);
        Assert.All(roles, role => Assert.Contains(role, files!.ToString()));
    }

    [GeneratedRegex(@"\bNeeds\.(\w+)")]
    private static partial Regex Need();

    [GeneratedRegex(@"roles/[a-zA-Z.]+[a-zA-Z]")]
    private static partial Regex Role();
}
