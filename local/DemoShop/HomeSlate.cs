using Aisle.Events;
using Aisle.Numerics;

namespace Aisle.Local.DemoShop;

/// <summary>The shelf of five on the demo shop's home page: a pool of popular, new and fitting products in uniformly random order.</summary>
/// <param name="Id">The slate's id.</param>
/// <param name="Seed">What the order came from.</param>
/// <param name="Pool">The whole pool, in the order drawn; the first <see cref="Length"/> are shown.</param>
/// <param name="Scores">The keys of that order, falling.</param>
internal sealed record HomeSlate(string Id, ulong Seed, int[] Pool, double[] Scores)
{
    /// <summary>How many products are shown.</summary>
    public const int Length = 5;

    private const int PoolSize = 20;
    private const double ClickShare = 0.085;

    public static HomeSlate Draw(DemoWorld world, Visitor visitor, int interest, int daysBeforeEnd, SeededRandom random)
    {
        HashSet<int> pool = [];
        for (int attempt = 0; attempt < 3 * PoolSize && pool.Count < PoolSize; attempt++)
        {
            pool.Add((attempt % 5) switch
            {
                0 when world.Browser.ChooseNew(daysBeforeEnd, random) is { } arrival => arrival,
                1 or 2 or 3 => world.Browser.Choose(visitor, interest, daysBeforeEnd, random),
                _ => world.Browser.ChoosePopular(daysBeforeEnd, random),
            });
        }

        ulong seed = random.NextUInt64();
        SeededRandom order = new(seed);
        int[] products = [.. pool.Order()];
        double[] keys = [.. products.Select(_ => order.NextDouble())];
        Array.Sort(keys, products);
        Array.Reverse(keys);
        Array.Reverse(products);
        return new HomeSlate($"slate-{seed:x16}", seed, products, keys);
    }

    /// <summary>Shows the slate and plays the shopper's eyes going down it.</summary>
    /// <returns>What was clicked, or null.</returns>
    /// <remarks>A position-based click model (Craswell et al. 2008): examined with 1/log2(rank + 1), clicked by attraction, at most one click.</remarks>
    public FoundProduct? Show(VisitRecorder record, DemoWorld world, Visitor visitor, SeededRandom random)
    {
        string? variant = world.VariantAt(visitor.Known.Id, record.Now);
        Log(record, world, visitor, variant);
        double lift = variant == DemoExperiment.Treatment ? world.Options.ClickLift : 1;
        FoundProduct? clicked = null;
        for (int position = 1; position <= Shown; position++)
        {
            int product = Pool[position - 1];
            double chance = ClickShare * lift * Attraction(world, visitor, product) / Math.Log2(position + 1);
            if (clicked is null && random.NextDouble() < chance)
            {
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

    private int Shown => Math.Min(Length, Pool.Length);

    private static double Attraction(DemoWorld world, Visitor visitor, int product)
    {
        int shelf = world.Catalogue.TraitsOf(product).Shelf;
        return Browser.Cares(visitor, shelf) ? 2.2 : 0.7;
    }

    private void Log(VisitRecorder record, DemoWorld world, Visitor visitor, string? variant)
    {
        if (variant is not null)
        {
            record.Add(new DemoMoment.Exposed(record.Now, visitor.Known.Id, variant));
        }

        ProductId[] shown = [.. Pool.Take(Shown).Select(world.Catalogue.IdOf)];
        record.Add(new DemoMoment.SlateShown(record.Now, new DemoSlate(
            new SlateId(Id), visitor.Known.Id, variant, Seed, Pool.Length, shown, [.. Scores.Take(Shown)])));
        for (int position = 1; position <= shown.Length; position++)
        {
            record.Add(Placed(record.Event(EventType.Impression, shown[position - 1]), position));
        }
    }

    private DemoEvent Placed(DemoEvent happened, int position) =>
        happened with { PageType = "home", Slate = Id, Position = position };
}
