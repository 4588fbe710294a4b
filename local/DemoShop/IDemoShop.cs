using Aisle.Catalogue;
using Aisle.Experiments;
using Aisle.Local.DemoShop.Shoppers;

namespace Aisle.Local.DemoShop;

/// <summary>An invented shop with a past: what it sells, who comes, and what they did until now.</summary>
/// <remarks>Each stream may be read again and gives the same; none is held in memory.</remarks>
public interface IDemoShop
{
    /// <summary>The experiment that runs in the shop; its treatment arm has a planted effect on clicks.</summary>
    Experiment Experiment { get; }

    /// <summary>The catalogue, in the order of ids, which is the order of creation within a subcategory.</summary>
    IEnumerable<Product> Products();

    /// <summary>Everybody the shop knows, in the order of ids.</summary>
    IEnumerable<DemoShopper> Shoppers();

    /// <summary>Everything that happened, ordered by time.</summary>
    IEnumerable<DemoMoment> Moments();
}
