using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Aisle.Events;
using Aisle.Local;
using Aisle.Local.Workspaces;
using Aisle.Privacy;
using Aisle.ScoreUser;
using Aisle.ScoreUser.Reading;
using Aisle.ScoreUser.Requests;
using Aisle.ScoreUser.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.Benchmarks.Serving;

/// <summary><c>slate</c>: what one slate costs inside the process, without HTTP: microseconds and bytes, on one thread.</summary>
internal static class SlateBenchmark
{
    /// <summary>Runs and prints.</summary>
    /// <param name="folder">A state folder with a model.</param>
    /// <param name="slates">How many are made.</param>
    /// <param name="cancellationToken">Stops early.</param>
    public static async Task RunAsync(string folder, int slates, CancellationToken cancellationToken)
    {
        using Workspace workspace = Workspace.TryOpen(folder) ?? throw new IOException($"{folder} is held by another process.");
        using JsonDocument keys = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "keys.json"), cancellationToken));
        Pseudonymizer pseudonymizer = new(Convert.FromBase64String(keys.RootElement.GetProperty("pseudonym_key").GetString()!));
        await using ServiceProvider services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(pseudonymizer)
            .AddLocalStores(workspace, new LocalOptions { WallClock = TimeProvider.System })
            .AddScoreUser(new ScoreUserOptions())
            .BuildServiceProvider();
        await services.GetRequiredService<ServingState>().RefreshAsync(cancellationToken);
        UserId[] users = [.. Enumerable.Range(1, 1_000).Select(i => pseudonymizer.UserOf(Shop.ShopperOf(i, digits: 5)))];
        UserScorer scorer = services.GetRequiredService<UserScorer>();
        ShopperReader reader = services.GetRequiredService<ShopperReader>();
        string version = services.GetRequiredService<ServingState>().Model!.Manifest.ModelVersion;
        await MeasureAsync("warm-up", slates, i => scorer.ScoreAsync(new SlateRequest { User = users[i % users.Length] }, cancellationToken), cancellationToken);
        await MeasureAsync("two reads", slates, i => reader.ReadAsync(users[i % users.Length], version, new TimeBudget(TimeProvider.System, TimeSpan.FromSeconds(1)), cancellationToken), cancellationToken);
        await MeasureAsync("whole slate, not logged", slates, i => scorer.ScoreAsync(new SlateRequest { User = users[i % users.Length], IsShown = false }, cancellationToken), cancellationToken);
    }

    private static async Task MeasureAsync(string name, int times, Func<int, Task> run, CancellationToken cancellationToken)
    {
        long bytes = GC.GetTotalAllocatedBytes();
        TimeSpan used = Environment.CpuUsage.TotalTime;
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < times; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await run(i);
        }

        double microseconds = Stopwatch.GetElapsedTime(started).TotalMicroseconds / times;
        double processor = (Environment.CpuUsage.TotalTime - used).TotalMicroseconds / times;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name,-28} {microseconds,8:0.0} µs, {processor,8:0.0} µs of the processors, "
                + $"{(GC.GetTotalAllocatedBytes() - bytes) / times,8:N0} bytes"));
    }
}
