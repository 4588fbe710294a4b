using Aisle.Experiments;
using Aisle.Local.DemoShop.Products;
using Aisle.Local.DemoShop.Shoppers;
using Aisle.Local.DemoShop.Visits;

namespace Aisle.Local.DemoShop;

/// <summary>What all visits of one demo shop share.</summary>
/// <param name="Options">Sizes and seed.</param>
/// <param name="Catalogue">The products.</param>
/// <param name="Population">The shoppers.</param>
/// <param name="Browser">How shoppers come to products.</param>
/// <param name="Experiment">What runs.</param>
/// <param name="VariantOf">The variant of a shopper by the shop's own id; null outside the experiment.</param>
internal sealed record DemoWorld(
    DemoShopOptions Options, DemoCatalogue Catalogue, Population Population, Browser Browser, Experiment Experiment,
    Func<string, string?> VariantOf)
{
    /// <summary>The variant in force at a time, or null.</summary>
    public string? VariantAt(string shopper, DateTimeOffset at) =>
        at >= Experiment.StartsAt && at < Experiment.EndsAt ? VariantOf(shopper) : null;
}
