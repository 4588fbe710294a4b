using Aisle.Events;
using Aisle.Local.DemoShop.Shoppers;
using Aisle.Numerics;

namespace Aisle.Local.DemoShop.Visits;

/// <summary>The shelf of five on the demo shop's home page: a pool of popular, new and fitting products in
/// uniformly random order.</summary>
/// <param name="Id">The slate's id.</param>
/// <param name="Seed">What the order came from.</param>
/// <param name="Pool">The whole pool, in the order drawn; the first <see cref="Length"/> are shown.</param>
/// <param name="Scores">The keys of that order, falling.</param>
internal sealed record HomeSlate(string Id, ulong Seed, int[] Pool, double[] Scores)
{
    /// <summary>How many products are shown.</summary>
    public const int Length = 5;

    private const int PoolSize = 20;

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

    /// <summary>Logs the slate as the scorer would, shows it, and plays the shopper's eyes going down it.</summary>
    /// <returns>What was clicked, or null.</returns>
    public FoundProduct? Show(VisitRecorder record, DemoWorld world, Visitor visitor, SeededRandom random)
    {
        string? variant = world.VariantAt(visitor.Known.Id, record.Now);
        int[] shown = [.. Pool.Take(Length)];
        Log(record, world, visitor, variant, shown);
        return new SlateOnPage(Id, shown, variant == DemoExperiment.Treatment ? world.Options.ClickLift : 1).Show(record, world, visitor, random);
    }

    private void Log(VisitRecorder record, DemoWorld world, Visitor visitor, string? variant, int[] shown)
    {
        if (variant is not null)
        {
            record.Add(new DemoMoment.Exposed(record.Now, visitor.Known, variant));
        }

        record.Add(new DemoMoment.SlateShown(record.Now, new DemoSlate(
            new SlateId(Id), visitor.Known.Id, variant, Seed, Pool.Length, [.. shown.Select(world.Catalogue.IdOf)], [.. Scores.Take(shown.Length)])));
    }
}
