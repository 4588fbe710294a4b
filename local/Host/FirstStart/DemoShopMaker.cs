using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Experiments;
using Aisle.Host.Output;
using Aisle.Host.Serving;
using Aisle.IngestEvent.Products;
using Aisle.Local.DemoShop;
using Aisle.Local.DemoShop.Shoppers;
using Aisle.Local.Workspaces;
using Aisle.Ports;
using Aisle.Privacy;

namespace Aisle.Host.FirstStart;

/// <summary>The first start: makes the demo shop and sends what happened in it through the real path. Broken off, it begins
/// again and writes nothing twice.</summary>
internal static class DemoShopMaker
{
    private const int BatchSize = 1000;

    /// <summary>Fills the shop.</summary>
    public static async Task MakeAsync(LocalShop shop, Screen screen, DemoShopOptions options, CancellationToken cancellationToken)
    {
        Workspace workspace = shop.Workspace;
        WorkspaceInfo info = new() { FilledBy = WorkspaceInfo.Demo, Currency = options.Currency, DemoEndsAt = options.EndsAt };
        workspace.Save(info);
        screen.Line($"Demo shop: {options.Products} products, {options.Shoppers} shoppers, about {options.Events} events over {options.Days} days.");
        SeededDemoShop demo = new(options, VariantOf(shop, options));
        await shop.Services.GetRequiredService<IExperimentStore>().TryWriteAsync(demo.Experiment, null, cancellationToken);
        await FillAsync(shop, screen, demo, options, cancellationToken);
        workspace.Save(info with { IsFilled = true });
    }

    /// <summary>Sends catalogue, past and shoppers of a demo shop, under progress bars.</summary>
    public static Task FillAsync(LocalShop shop, Screen screen, IDemoShop demo, DemoShopOptions options, CancellationToken cancellationToken) => screen.ProgressAsync(
        async (bars, token) =>
        {
            await PutProductsAsync(shop, demo, bars.Add("catalogue", options.Products), token);
            await new DemoReplay(shop.Services).SendAsync(demo, bars.Add("events", options.Events), token);
            await PutShoppersAsync(shop, demo, bars.Add("shoppers", options.Shoppers), token);
        },
        cancellationToken);

    private static Func<string, string?> VariantOf(LocalShop shop, DemoShopOptions options)
    {
        Pseudonymizer pseudonymizer = shop.Services.GetRequiredService<Pseudonymizer>();
        Experiment experiment = DemoExperiment.At(options.EndsAt);
        return shopper => Assignment.VariantOf(experiment, pseudonymizer.AssignmentOf(shopper))?.Name;
    }

    private static async Task PutProductsAsync(LocalShop shop, IDemoShop demo, Action<int> done, CancellationToken cancellationToken)
    {
        CatalogueEditor editor = shop.Services.GetRequiredService<CatalogueEditor>();
        foreach (Product[] products in demo.Products().Chunk(BatchSize))
        {
            await editor.PutAsync(products, cancellationToken);
            done(products.Length);
        }
    }

    /// <summary>What the shop knows of its shoppers beside their events: age bracket, location, device.</summary>
    private static async Task PutShoppersAsync(LocalShop shop, IDemoShop demo, Action<int> done, CancellationToken cancellationToken)
    {
        IProfileStore profiles = shop.Services.GetRequiredService<IProfileStore>();
        Pseudonymizer pseudonymizer = shop.Services.GetRequiredService<Pseudonymizer>();
        DateTimeOffset now = shop.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        foreach (DemoShopper[] shoppers in demo.Shoppers().Chunk(BatchSize))
        {
            Dictionary<UserId, DemoShopper> byUser = shoppers.ToDictionary(shopper => pseudonymizer.UserOf(shopper.Id));
            IReadOnlyDictionary<UserId, Versioned<ShopperProfile>> known = await profiles.ReadManyAsync(byUser.Keys, cancellationToken);
            ProfileWrite[] writes = [.. byUser.Select(pair => Described(pair.Key, pair.Value, known.GetValueOrDefault(pair.Key), now))];
            await profiles.WriteAsync(writes, cancellationToken);
            done(shoppers.Length);
        }
    }

    private static ProfileWrite Described(UserId user, DemoShopper shopper, Versioned<ShopperProfile>? known, DateTimeOffset now)
    {
        ShopperProfile profile = known?.Value ?? new ShopperProfile { User = user, NewestEventAt = now, ExpiresAt = now + SessionFeatures.TimeToLive };
        return new ProfileWrite(
            profile with { AgeBracket = shopper.AgeBracket, Location = shopper.Location, DeviceType = profile.DeviceType ?? shopper.DeviceType }, known?.Tag);
    }
}
