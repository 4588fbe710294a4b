using Aisle.Catalogue;
using Aisle.Experiments;
using Aisle.Local.DemoShop;
using Aisle.Local.DemoShop.Shoppers;

namespace Aisle.Host.Simulation;

/// <summary>A demo shop as it stood at an instant: what was to come has not happened yet.</summary>
/// <param name="shop">The whole shop.</param>
/// <param name="until">The first instant that is still to come.</param>
internal sealed class DemoPast(IDemoShop shop, DateTimeOffset until) : IDemoShop
{
    /// <inheritdoc/>
    public Experiment Experiment => shop.Experiment;

    /// <summary>The whole catalogue: what the shop adds later is on sale from the instant on.</summary>
    public IEnumerable<Product> Products()
    {
        DateOnly today = DateOnly.FromDateTime(until.UtcDateTime);
        return shop.Products().Select(product => product.CreatedDate > today ? product with { CreatedDate = today } : product);
    }

    /// <inheritdoc/>
    public IEnumerable<DemoShopper> Shoppers() => shop.Shoppers();

    /// <inheritdoc/>
    public IEnumerable<DemoMoment> Moments() => shop.Moments().TakeWhile(moment => moment.At < until);
}
