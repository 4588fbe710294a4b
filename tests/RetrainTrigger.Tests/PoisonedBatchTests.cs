using Aisle.Candidates;
using Aisle.Candidates.Lists;
using Aisle.Candidates.Training;
using Aisle.Events;
using Aisle.Factorization;
using Aisle.Local;
using Aisle.Local.Workspaces;
using Aisle.Ports;
using Aisle.Privacy;
using Aisle.RetrainTrigger.Recipes;
using Aisle.RetrainTrigger.Runs;
using Aisle.RetrainVictim;
using Aisle.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.RetrainTrigger.Tests;

/// <summary>A poisoned batch on the real stores: 20,000 purchases of one product by one shopper, each worth 10¹² in minor units.</summary>
public sealed class PoisonedBatchTests
{
    private const long Absurd = 1_000_000_000_000;
    private static readonly ProductId Pushed = new("p001");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_does_not_change_what_others_are_shown()
    {
        using TemporaryFolder folder = new();
        using Workspace workspace = Workspace.TryOpen(folder.Path)!;
        FakeTimeProvider clock = new(VictimShop.Start);
        await using ServiceProvider shop = Shop(workspace, clock);
        ProductId[][] before = await FirstTenAsync(shop, await TrainAsync(shop));
        clock.Advance(TimeSpan.FromMinutes(1));
        await PoisonAsync(shop.GetRequiredService<IEventWarehouse>());

        Run run = await TrainAsync(shop);

        Assert.Equal(RunState.Promoted, run.State);
        ProductId[][] after = await FirstTenAsync(shop, run);
        double shared = before.Zip(after, (earlier, later) => earlier.Intersect(later).Count() / 10.0).Average();
        Assert.True(shared >= 0.8, $"Of ten places only {shared:P0} stay.");
        Assert.All(after.Where((_, shopper) => shopper % 2 == 0), slate => Assert.DoesNotContain(Pushed, slate)); // even shoppers have the other taste
        ModelBundle bundle = ModelBundle.Load((await shop.GetRequiredService<IModelStore>().OpenAsync(run.ModelVersion, Token))!);
        Assert.All(bundle.ItemFactors.Values.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    private static ServiceProvider Shop(Workspace workspace, TimeProvider clock) => new ServiceCollection()
        .AddLogging()
        .AddSingleton(new Pseudonymizer(new byte[32]))
        .AddLocalStores(workspace, new LocalOptions { WallClock = clock })
        .AddRetrainTrigger(new RetrainOptions
        {
            RunsFolder = workspace.RunsFolder,
            Tuning = TuningSchedule.Off, // both models are of one recipe
            Recipe = new ModelRecipe { Factors = new IalsOptions { Factors = 8, Iterations = 3 } },
        })
        .BuildServiceProvider();

    private static async Task<Run> TrainAsync(ServiceProvider shop)
    {
        if (await shop.GetRequiredService<ICatalogueStore>().FindAsync(VictimShop.Catalogue[0].Id, Token) is null)
        {
            await shop.GetRequiredService<IEventWarehouse>().AppendAsync(VictimShop.Events, Token);
            await shop.GetRequiredService<ICatalogueStore>().UpsertAsync(VictimShop.Catalogue, Token);
        }

        Run run = Assert.IsType<TriggerOutcome.Started>(await shop.GetRequiredService<RunLedger>().TriggerAsync(isForced: true, Token)).Run;
        return await shop.GetRequiredService<Retrainer>().RunAsync(run.Id, Token);
    }

    private static async Task PoisonAsync(IEventWarehouse warehouse)
    {
        InteractionEvent[] poison = [.. Enumerable.Range(0, 20_000).Select(i => new InteractionEvent
        {
            Id = new EventId($"poison-{i}"),
            User = new UserId("poisoner"),
            Type = EventType.Purchase,
            Product = Pushed,
            OccurredAt = VictimShop.Start.AddMinutes(-1 - (i % 600)),
            IngestedAt = VictimShop.Start,
            Quantity = 1,
            UnitPriceMinor = Absurd,
            RevenueMinor = Absurd,
            Currency = "EUR",
            Order = new OrderId($"poison-{i}"),
        })];
        foreach (InteractionEvent[] some in poison.Chunk(5_000))
        {
            await warehouse.AppendAsync(some, Token);
        }
    }

    private static async Task<ProductId[][]> FirstTenAsync(ServiceProvider shop, Run run)
    {
        List<ProductId[]> slates = [];
        foreach (ProfileWrite shopper in VictimShop.Profiles)
        {
            CandidateList? list = await shop.GetRequiredService<ICandidateStore>().ReadAsync(run.ModelVersion, shopper.Profile.User, Token);
            slates.Add([.. list!.Items.Take(10).Select(item => item.Product)]);
        }

        return [.. slates];
    }
}
