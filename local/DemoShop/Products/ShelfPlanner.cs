using Aisle.Local.DemoShop.Chance;
using Aisle.Numerics;

namespace Aisle.Local.DemoShop.Products;

/// <summary>Shares the catalogue among the subcategories: some are large, none is empty.</summary>
internal static class ShelfPlanner
{
    public static Shelf[] Plan(DemoShopOptions options, DemoVocabulary words)
    {
        (int Department, Subcategory Subcategory)[] parts =
            [.. words.Departments.SelectMany((department, index) => department.Subcategories.Select(part => (index, part)))];
        double[] weights = [.. parts.Select((_, i) => 0.5 + Streams.Uniform(options.Seed, StreamPurpose.Subcategory, i))];
        int[] counts = Share(options.Products - parts.Length, weights);
        Shelf[] shelves = new Shelf[parts.Length];
        int first = 0;
        for (int i = 0; i < shelves.Length; i++)
        {
            int count = counts[i] + 1;
            SeededRandom random = Streams.Of(options.Seed, StreamPurpose.Subcategory, i, 1);
            shelves[i] = new Shelf(
                parts[i].Department, parts[i].Subcategory, first, count, Coprime(count, random), random.NextInt(count), random.NextDouble());
            first += count;
        }

        return shelves;
    }

    // Cumulative rounding: the parts add up to the whole, and each is within one of its exact share.
    private static int[] Share(int whole, double[] weights)
    {
        double total = weights.Sum();
        int[] shares = new int[weights.Length];
        double running = 0;
        int given = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            running += weights[i];
            int upTo = i == weights.Length - 1 ? whole : (int)Math.Round(whole * running / total);
            shares[i] = upTo - given;
            given = upTo;
        }

        return shares;
    }

    private static int Coprime(int count, SeededRandom random)
    {
        int step = random.NextInt(count) + 1;
        while (Gcd(step, count) != 1)
        {
            step++;
        }

        return step;
    }

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);
}
