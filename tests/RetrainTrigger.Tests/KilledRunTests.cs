using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Aisle.Candidates.Lists;
using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Local;
using Aisle.Local.Workspaces;
using Aisle.Ports;
using Aisle.RetrainTrigger.Steps;
using Aisle.RetrainVictim;
using Aisle.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.RetrainTrigger.Tests;

/// <summary>kill -9 at every step, then resume: the same bytes as an undisturbed run.</summary>
public sealed class KilledRunTests
{
    private const int Killed = 137; // 128 + SIGKILL

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_is_killed_in_every_step_leaves_the_same_bytes_as_one_that_is_not()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "There is no kill -9 elsewhere.");
        using TemporaryFolder disturbed = new();
        using TemporaryFolder undisturbed = new();
        int process = 0;
        foreach (string point in StepNames.All.SelectMany(step => new[] { $"{step}:begun", $"{step}:done" }))
        {
            Assert.Equal((point, Killed), (point, await RunAsync(disturbed.Path, process++, point)));
        }

        Assert.Equal(0, await RunAsync(disturbed.Path, process, "none"));
        Assert.Equal(0, await RunAsync(undisturbed.Path, 0, "none"));

        Assert.Equal(await StateAsync(undisturbed.Path), await StateAsync(disturbed.Path));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(disturbed.Path, "runs")));
    }

    private static async Task<int> RunAsync(string folder, int number, string point)
    {
        ProcessStartInfo start = new("dotnet", [typeof(VictimShop).Assembly.Location, folder, $"{number}", point])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_TieredPGO"] = "0";
        using Process victim = Process.Start(start)!;
        Task<string> complaints = victim.StandardError.ReadToEndAsync(Token);
        await victim.StandardOutput.ReadToEndAsync(Token);
        await victim.WaitForExitAsync(Token);
        Assert.True(victim.ExitCode is 0 or Killed, await complaints);
        return victim.ExitCode;
    }

    /// <summary>Everything that a run leaves, but for the moments at which the processes lived.</summary>
    private static async Task<string[]> StateAsync(string folder)
    {
        List<string> state = [];
        using Workspace workspace = Workspace.TryOpen(folder)!;
        foreach (string file in Directory.EnumerateFiles(workspace.ModelsFolder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            state.Add($"{Path.GetRelativePath(workspace.ModelsFolder, file)} "
                + $"{Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(file, Token)))}");
        }

        await using ServiceProvider stores = new ServiceCollection()
            .AddLocalStores(workspace, new LocalOptions { WallClock = new StoppedClock(VictimShop.Start) })
            .BuildServiceProvider();
        Run run = Assert.Single(await stores.GetRequiredService<IRunStore>().ReadLatestAsync(10, Token));
        state.AddRange(run.Steps.Select(step => JsonSerializer.Serialize(
            new { run.Id, run.State, run.Reasons, step.Name, StepState = step.State, step.InputDigest, step.Digest, Counts = step.Counts.OrderBy(pair => pair.Key, StringComparer.Ordinal) })));
        foreach (ProfileWrite shopper in VictimShop.Profiles)
        {
            state.Add(await StateAsync(stores, run.ModelVersion, shopper.Profile.User));
        }

        return [.. state];
    }

    private static async Task<string> StateAsync(ServiceProvider stores, string version, UserId user)
    {
        CandidateList? list = await stores.GetRequiredService<ICandidateStore>().ReadAsync(version, user, Token);
        ShopperProfile profile = (await stores.GetRequiredService<IProfileStore>().ReadAsync(user, Token))!.Value;
        return JsonSerializer.Serialize(new { user.Value, list!.Strategy, list.GeneratedAt, list.Items, profile.AveragePriceMinor, profile.PurchaseCount30Days, profile.UserEmbedding });
    }
}
