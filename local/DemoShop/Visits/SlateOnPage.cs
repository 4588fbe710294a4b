using Aisle.Events;
using Aisle.Local.DemoShop.Shoppers;
using Aisle.Numerics;

namespace Aisle.Local.DemoShop.Visits;

/// <summary>A slate as a shopper meets it on the home page, whoever made it.</summary>
/// <remarks>A position-based click model (Craswell et al. 2008): examined with 1/log2(rank + 1), clicked by
/// attraction, at most one click.</remarks>
/// <param name="Id">The slate's id.</param>
/// <param name="Products">The numbers of the products, in order.</param>
/// <param name="Lift">What multiplies the chance of each click, positive.</param>
internal sealed record SlateOnPage(string Id, IReadOnlyList<int> Products, double Lift)
{
    private const double ClickShare = 0.085;

    /// <summary>Shows the slate and plays the shopper's eyes going down it.</summary>
    /// <returns>What was clicked, or null.</returns>
    public FoundProduct? Show(VisitRecorder record, DemoWorld world, Visitor visitor, SeededRandom random)
    {
        for (int position = 1; position <= Products.Count; position++)
        {
            record.Add(Placed(record.Event(EventType.Impression, world.Catalogue.IdOf(Products[position - 1])), position));
        }

        FoundProduct? clicked = null;
        for (int position = 1; position <= Products.Count; position++)
        {
            if (clicked is null && random.NextDouble() < ChanceAt(position, world, visitor))
            {
                int product = Products[position - 1];
                clicked = new FoundProduct(product, world.Catalogue.TraitsOf(product).Shelf, Id, position);
            }
        }

        if (clicked is { } found)
        {
            record.Wait(3, random);
            record.Add(Placed(record.Event(EventType.Click, world.Catalogue.IdOf(found.Product)), found.Position!.Value));
        }

        return clicked;
    }

    /// <summary>How likely the shopper clicks anything of it: what an estimate of clicks estimates.</summary>
    public double ClickChance(DemoWorld world, Visitor visitor) =>
        1 - Enumerable.Range(1, Products.Count).Aggregate(1.0, (none, position) => none * (1 - ChanceAt(position, world, visitor)));

    private double ChanceAt(int position, DemoWorld world, Visitor visitor) =>
        Math.Min(ClickShare * Lift * Attraction(world, visitor, Products[position - 1]) / Math.Log2(position + 1), 1);

    private static double Attraction(DemoWorld world, Visitor visitor, int product)
    {
        int shelf = world.Catalogue.TraitsOf(product).Shelf;
        return Browser.Cares(visitor, shelf) ? 2.2 : 0.7;
    }

    private DemoEvent Placed(DemoEvent happened, int position) =>
        happened with { PageType = "home", Slate = Id, Position = position };
}
