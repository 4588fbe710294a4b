using Aisle.Testing;

namespace Aisle.Deploy.Tests;

/// <summary><c>deploy/service.sh</c>, with a <c>gcloud</c> in the path that only writes down what it is asked.</summary>
public sealed class ServiceScriptTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deployment_gets_all_traffic_even_after_traffic_was_pinned()
    {
        string[] calls = await RunAsync(canary: "false");

        Assert.Equal(2, calls.Length);
        Assert.StartsWith("run deploy score-user --project=shop --region=europe-west1 --source=. --function=A.B.Function "
            + "--base-image=dotnet10 --set-build-env-vars=GOOGLE_BUILDABLE=functions/X/Google "
            + "--service-account=aisle-score-user@shop.iam.gserviceaccount.com", calls[0]);
        Assert.EndsWith("--quiet --cpu=2", calls[0]);
        Assert.Equal("run services update-traffic score-user --project=shop --region=europe-west1 --to-latest --quiet", calls[1]);
    }

    [Fact]
    public async Task A_canary_gets_none_and_moves_none()
    {
        string call = Assert.Single(await RunAsync(canary: "true"));

        Assert.Contains("--no-traffic --tag=canary", call);
    }

    [Fact]
    public async Task A_network_is_joined_where_one_is_named()
    {
        Assert.Contains("--network=shop --subnet=shop --vpc-egress=private-ranges-only", (await RunAsync(canary: "false", network: "shop"))[0]);
        Assert.DoesNotContain("--network", (await RunAsync(canary: "false"))[0]);
    }

    private static async Task<string[]> RunAsync(string canary, string network = "")
    {
        using TemporaryFolder folder = new();
        string gcloud = folder.File("gcloud");
        await File.WriteAllTextAsync(gcloud, "#!/bin/sh\necho \"$@\"\n", Token);
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The script is for bash.");
        }
        else
        {
            File.SetUnixFileMode(gcloud, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        string script = Path.Combine(RepositoryRoot.Path, "deploy", "service.sh");
        string output = await Command.RunAsync(
            "bash", ["-c", $"PATH='{folder.Path}':\"$PATH\" PROJECT=shop REGION=europe-west1 CANARY={canary} NETWORK={network} exec bash "
                + $"'{script}' score-user A.B.Function functions/X/Google --cpu=2"],
            TimeSpan.FromSeconds(30), Token);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
