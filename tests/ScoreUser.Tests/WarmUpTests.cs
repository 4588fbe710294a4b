using System.Text.Json;
using Aisle.Events;
using Aisle.Reranking;
using Aisle.Testing;

namespace Aisle.ScoreUser.Tests;

/// <summary>What is made before the first shopper comes, and that it leaves no trace.</summary>
public sealed class WarmUpTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_tier_and_surface_is_made_whole()
    {
        using World world = await World.ServingAsync(habits: true);

        IReadOnlyList<Answering.ScoreOutcome> made = await world.Warmer.WarmUpAsync(world.State.View!, Token);

        Assert.Equal(Enumerable.Range(0, 8), made.Select(outcome => (int)Surfaces.Find(outcome.Slate.Surface)!.Value).Distinct().Order());
        Assert.Superset(new HashSet<string> { "full_hybrid", "content_only", "content_plus_neighbours", "similar", "bought_together", "cart", "trending" }, made.SelectMany(outcome => outcome.Slate.Strategies).ToHashSet());
        Assert.All(made, outcome => Assert.Empty(outcome.Degradations));
        Assert.Contains(made, outcome => outcome.Products.Any(product => product.Reason.Product is not null));
    }

    [Fact]
    public async Task Nothing_of_it_is_logged_counted_or_an_exposure()
    {
        using World world = await World.ServingAsync();
        await world.Experiments.TryWriteAsync(Some.Experiment("everywhere") with { StartsAt = TwoTopicShop.AsOf.AddDays(-1), EndsAt = TwoTopicShop.AsOf.AddDays(9) }, null, Token);
        await world.State.RefreshExperimentsAsync(Token);

        IReadOnlyList<Answering.ScoreOutcome> made = await world.Warmer.WarmUpAsync(world.State.View!, Token);
        await world.Log.FlushAsync(Token);

        Assert.Empty(world.Slates.All);
        Assert.Empty(world.Exposures.All);
        ProductId[] promised = [TwoTopicShop.Product(38), TwoTopicShop.Product(39)];
        Assert.Contains(made.SelectMany(outcome => outcome.Products), shown => promised.Contains(shown.Product.Id));
        Assert.All(promised, product => Assert.Equal(0, world.Promise.ServedOf(product)));
    }

    [Fact]
    public async Task An_instance_answers_at_once_and_is_ready_when_it_is_warm()
    {
        using World world = await World.ServingAsync();
        TaskCompletionSource reading = new();
        world.Profiles.BeforeRead = _ => reading.Task;
        await world.Warmer.StartAsync(Token);
        await world.Warmer.StartedAsync(Token);

        (int status, JsonElement notYet) = await world.SendAsync("GET", "/readyz", "", "");
        Assert.Equal(503, status);
        Assert.Contains("being made ready", notYet.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(10, (await world.GetAsync("")).Body.GetProperty("items").GetArrayLength());

        world.Profiles.BeforeRead = _ => Task.CompletedTask;
        reading.SetResult();
        await world.Warmer.ExecuteTask!.WaitAsync(Token);
        Assert.Equal(200, (await world.SendAsync("GET", "/readyz", "", "")).Status);
    }

    [Fact]
    public async Task A_store_that_fails_meanwhile_keeps_no_instance_from_getting_ready()
    {
        using World world = await World.ServingAsync();
        world.Profiles.BeforeRead = _ => Task.FromException(new IOException("down"));

        await world.Warmer.StartAsync(Token);
        await world.Warmer.StartedAsync(Token);
        await world.Warmer.ExecuteTask!.WaitAsync(Token);

        Assert.True(world.Warmer.IsWarm);
    }

    [Fact]
    public async Task Without_a_model_it_waits_for_one()
    {
        using World world = new();
        await world.Warmer.StartAsync(Token);
        await world.Warmer.StartedAsync(Token);
        Assert.Contains("no model yet", (await world.SendAsync("GET", "/readyz", "", "")).Body.GetRawText(), StringComparison.Ordinal);

        await world.PublishAsync("v1");
        await world.State.RefreshAsync(Token);
        Assert.Equal(503, (await world.SendAsync("GET", "/readyz", "", "")).Status);
        while (!world.Warmer.IsWarm)
        {
            world.Clock.Advance(world.Options.ManifestInterval);
            await Task.Delay(5, Token);
        }

        Assert.Equal(200, (await world.SendAsync("GET", "/readyz", "", "")).Status);
    }
}
