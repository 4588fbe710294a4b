using Aisle.Candidates.Shoppers;
using Aisle.Catalogue;
using Aisle.Events;

namespace Aisle.RetrainTrigger.Gate;

/// <summary>A slate of the shadow diff.</summary>
/// <param name="Strategy">The tier that it was made by.</param>
/// <param name="Products">Best first.</param>
/// <param name="Scores">Their scores.</param>
internal sealed record ShadowSlate(Strategy Strategy, IReadOnlyList<Product> Products, IReadOnlyList<double> Scores)
{
    /// <summary>The products' ids, best first.</summary>
    public ProductId[] Ids { get; } = [.. Products.Select(product => product.Id)];

    /// <summary>The prices that are known, in minor units.</summary>
    public double[] Prices { get; } = [.. Products.Where(product => product.PriceMinor is not null).Select(product => (double)product.PriceMinor!.Value)];

    /// <summary>The categories; none is the empty one.</summary>
    public string[] Categories { get; } = [.. Products.Select(product => product.Category ?? "")];

    /// <summary>All places of several slates, as one.</summary>
    public static ShadowSlate Together(IEnumerable<ShadowSlate> slates)
    {
        ShadowSlate[] all = [.. slates];
        return new ShadowSlate(default, [.. all.SelectMany(slate => slate.Products)], [.. all.SelectMany(slate => slate.Scores)]);
    }
}
