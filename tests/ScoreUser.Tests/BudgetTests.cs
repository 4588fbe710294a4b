using System.Text.Json;
using Aisle.Events;

namespace Aisle.ScoreUser.Tests;

/// <summary>What is left out when time runs low, in a fixed order, and what a slate still is when everything failed.</summary>
public sealed class BudgetTests
{
    [Theory]
    [InlineData(10, "")]
    [InlineData(60, "live scoring")]
    [InlineData(80, "live scoring, diversity")]
    [InlineData(95, "live scoring, diversity, reasons")]
    [InlineData(1_000, "live scoring, diversity, reasons")]
    public async Task Live_scoring_goes_first_then_diversity_then_reasons(int usedMs, string leftOut)
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("a", EventType.View, 0, 2, 4, 6, 8, 10);
        world.Profiles.BeforeRead = _ => Use(world, usedMs);

        JsonElement slate = (await world.GetAsync("?user_id=a&budget_ms=100")).Body;

        Assert.Equal(leftOut, string.Join(", ", Stages(slate)));
        Assert.Equal(10, slate.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task The_budget_of_the_request_counts_not_the_shops()
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("a", EventType.View, 0, 2, 4, 6, 8, 10);
        world.Profiles.BeforeRead = _ => Use(world, 95);

        Assert.Empty(Stages((await world.GetAsync("?user_id=a&budget_ms=1000")).Body));
        Assert.NotEmpty(Stages((await world.GetAsync("?user_id=a")).Body));
    }

    [Fact]
    public async Task A_store_that_hangs_and_heeds_nothing_holds_no_slate_beyond_its_deadline()
    {
        using World world = await World.ServingAsync();
        TaskCompletionSource never = new();
        world.Profiles.BeforeRead = _ => never.Task;
        world.Candidates.BeforeRead = _ => never.Task;

        Task<(int Status, JsonElement Body)> asked = world.GetAsync("?user_id=a");
        Assert.False(asked.IsCompleted);
        world.Clock.Advance(world.Options.ReadDeadline);

        JsonElement slate = (await asked).Body;
        Assert.Equal(["candidates", "profile"], Stages(slate).Order());
        Assert.Equal(10, slate.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Damaged_bytes_are_named_and_the_slate_is_full()
    {
        using World world = await World.ServingAsync();
        world.Candidates.BeforeRead = _ => Task.FromException(new InvalidDataException("cut short"));

        JsonElement slate = (await world.GetAsync("?user_id=a")).Body;

        Assert.Equal("candidates/damaged", Assert.Single(slate.GetProperty("degradations").EnumerateArray()
            .Select(entry => $"{entry.GetProperty("stage").GetString()}/{entry.GetProperty("reason").GetString()}")));
        Assert.Equal(10, slate.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_store_that_keeps_failing_is_left_alone_and_asked_again_later()
    {
        using World world = await World.ServingAsync();
        int asked = 0;
        world.Candidates.BeforeRead = _ =>
        {
            asked++;
            return Task.FromException(new IOException("down"));
        };
        for (int request = 0; request < 2 * world.Options.BreakerThroughput; request++)
        {
            Assert.Equal(10, (await world.GetAsync("?user_id=a")).Body.GetProperty("items").GetArrayLength());
        }

        Assert.Equal(world.Options.BreakerThroughput, asked);
        world.Candidates.BeforeRead = _ => Task.CompletedTask;
        Assert.Equal(["candidates"], Stages((await world.GetAsync("?user_id=a")).Body));
        world.Clock.Advance(world.Options.BreakerPause + TimeSpan.FromSeconds(1));
        Assert.Empty(Stages((await world.GetAsync("?user_id=a")).Body));
    }

    [Fact]
    public async Task A_new_model_is_swapped_in_under_load_without_a_failed_or_short_slate()
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("a", EventType.View, 0, 2, 4, 6, 8, 10);
        using CancellationTokenSource done = new();
        int[] answered = new int[4];
        Task<HashSet<string>>[] shoppers = [.. Enumerable.Range(0, answered.Length).Select(shopper => Task.Run(async () =>
        {
            HashSet<string> versions = [];
            while (!done.IsCancellationRequested)
            {
                (int status, JsonElement slate) = await world.GetAsync(shopper % 2 == 0 ? "?user_id=a" : "");
                Assert.Equal(200, status);
                Assert.Equal(10, slate.GetProperty("items").GetArrayLength());
                Assert.Empty(Stages(slate));
                versions.Add(slate.GetProperty("model_version").GetString()!);
                Interlocked.Increment(ref answered[shopper]);
                await Task.Yield(); // stores in memory answer at once, and shoppers must not keep all threads to themselves
            }

            return versions;
        }))];
        for (int version = 2; version <= 12; version++)
        {
            await world.PublishAsync($"v{version}");
            await world.State.RefreshModelAsync(TestContext.Current.CancellationToken);
            Assert.Equal($"v{version}", (await world.GetAsync("")).Body.GetProperty("model_version").GetString());
            int[] before = [.. answered];
            while (before.Where((count, shopper) => Volatile.Read(ref answered[shopper]) == count).Any() && !shoppers.Any(shopper => shopper.IsCompleted))
            {
                await Task.Delay(1, TestContext.Current.CancellationToken); // every shopper asks between two swaps
            }
        }

        await done.CancelAsync();
        HashSet<string>[] seen = await Task.WhenAll(shoppers);
        Assert.All(seen, versions => Assert.Subset(Enumerable.Range(1, 12).Select(version => $"v{version}").ToHashSet(), versions));
        Assert.All(seen, versions => Assert.True(versions.Count > 1));
    }

    private static Task Use(World world, int milliseconds)
    {
        world.Clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
        return Task.CompletedTask;
    }

    private static IEnumerable<string> Stages(JsonElement slate) =>
        slate.GetProperty("degradations").EnumerateArray().Select(entry => entry.GetProperty("stage").GetString()!);
}
