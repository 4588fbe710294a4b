using System.Text.Json;
using Aisle.Events;
using Aisle.Experiments;
using Aisle.Host.Scheduling;
using Aisle.Host.Serving;
using Aisle.Local.Workspaces;
using Aisle.Ports;
using Aisle.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.Host.Tests;

/// <summary>The schedule reviews experiments on the real stores, and remembers over a restart what was told.</summary>
public sealed class ScheduledReviewTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_experiment_whose_data_cannot_be_judged_is_alerted_of_once_by_the_schedule_whatever_restarts_between()
    {
        await using (LocalShop shop = Open())
        {
            await ExposeOneArmAsync(shop);
            await RunJobAsync(shop);
        }

        await using (LocalShop shop = Open())
        {
            await RunJobAsync(shop);
        }

        string line = Assert.Single(await File.ReadAllLinesAsync(Path.Combine(_folder.Path, "alerts.jsonl"), Token));
        using JsonDocument alert = JsonDocument.Parse(line);
        string[] texts = [.. alert.RootElement.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.String).Select(member => member.Value.GetString()!)];
        Assert.Contains("experiment_invalid", texts);
        Assert.Contains(texts, text => text.StartsWith("Experiment 'lopsided': The arms do not have the sizes they should", StringComparison.Ordinal));
        Assert.Contains(alert.RootElement.EnumerateObject(), member => member.Name.Contains("rgent", StringComparison.Ordinal) && member.Value.GetBoolean());
    }

    [Fact]
    public void A_schedule_may_turn_it_off()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(Path.Combine(folder.Path, "schedule.json"), """{"experiments":""}""");

        Assert.Equal("", ScheduleOptions.Load(folder.Path).Experiments);
    }

    public void Dispose() => _folder.Dispose();

    private LocalShop Open() => LocalShop.Open(Workspace.TryOpen(_folder.Path)!);

    private static Task RunJobAsync(LocalShop shop) =>
        shop.Services.GetRequiredService<ShopJobs>().Of(new ScheduleOptions()).Single(job => job.Name == "experiments").RunAsync(Token);

    private static async Task ExposeOneArmAsync(LocalShop shop)
    {
        DateTimeOffset now = shop.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        Experiment experiment = new()
        {
            Key = "lopsided",
            Salt = "lopsided",
            Variants = [new Variant("control", 0, 5_000, new Dictionary<string, string>()), new Variant("varied", 5_000, 10_000, new Dictionary<string, string>())],
            StartsAt = now.AddDays(-20),
            EndsAt = now.AddDays(8),
            State = ExperimentState.Running,
            IsAssignedElsewhere = true,
        };
        Assert.True(await shop.Services.GetRequiredService<IExperimentStore>().TryWriteAsync(experiment, null, Token));
        await shop.Services.GetRequiredService<IExposureLog>().AppendAsync(
            [.. Enumerable.Range(0, 60).Select(i => new Exposure(experiment.Key, new AssignmentId($"visitor-{i}"), new UserId($"visitor-{i}"), "control", now.AddDays(-18)))], Token);
    }
}
