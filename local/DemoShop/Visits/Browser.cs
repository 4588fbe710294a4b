using Aisle.Local.DemoShop.Chance;
using Aisle.Local.DemoShop.Products;
using Aisle.Local.DemoShop.Shoppers;
using Aisle.Numerics;

namespace Aisle.Local.DemoShop.Visits;

/// <summary>How a shopper comes to look at a product: by interest, season, style, maker and price, and by what
/// everybody looks at.</summary>
internal sealed class Browser(DemoShopOptions options, DemoCatalogue catalogue, Population population)
{
    private const int Considered = 14;
    private const double StyleLiking = 2.6;
    private const double BrandLiking = 2.8;
    private const double PriceMisfit = 4.0;
    private const double NewArrivalShare = 0.05;

    /// <summary>The shelf that a visit is about.</summary>
    public int Interest(Visitor visitor, int daysBeforeEnd, SeededRandom random)
    {
        int shelf = DrawInterest(visitor, random);
        return random.NextDouble() < Season(shelf, daysBeforeEnd) ? shelf : DrawInterest(visitor, random);
    }

    /// <summary>A product of the shelf, already on sale that day: several are considered, the most liked is likeliest.</summary>
    public int Choose(Visitor visitor, int shelf, int daysBeforeEnd, SeededRandom random)
    {
        if (random.NextDouble() < NewArrivalShare
            && catalogue.Shelves[shelf].NewArrival(random.NextDouble(), daysBeforeEnd, options.Days) is { } arrival)
        {
            return arrival;
        }

        Span<int> products = stackalloc int[Considered];
        Span<double> weights = stackalloc double[Considered];
        for (int i = 0; i < Considered; i++)
        {
            products[i] = Popular(shelf, daysBeforeEnd, random);
            weights[i] = Math.Exp(Liking(visitor, products[i], shelf));
        }

        return products[Weighted.Pick(weights, random.NextDouble())];
    }

    /// <summary>A product by popularity alone: in its shelf, and in the whole shop.</summary>
    public int ChoosePopular(int daysBeforeEnd, SeededRandom random) =>
        Popular(population.PopularShelf(random), daysBeforeEnd, random);

    /// <summary>A product in its first week from any shelf, or null when a few shelves had none.</summary>
    public int? ChooseNew(int daysBeforeEnd, SeededRandom random)
    {
        for (int attempt = 0; attempt < 8; attempt++)
        {
            Shelf shelf = catalogue.Shelves[random.NextInt(catalogue.Shelves.Count)];
            if (shelf.NewArrival(random.NextDouble(), daysBeforeEnd, options.Days) is { } arrival)
            {
                return arrival;
            }
        }

        return null;
    }

    /// <summary>How much the shopper likes a product within its shelf, a log-odds: about −2 to 3.</summary>
    public double Liking(Visitor visitor, int product, int shelf)
    {
        ProductTraits traits = catalogue.TraitsOf(product, shelf);
        Taste taste = visitor.Taste;
        bool style = taste.Main.Styles.Contains(traits.Style);
        long brand = (catalogue.Shelves[shelf].Department * 64L) + traits.Brand;
        bool likesBrand = Streams.Uniform(options.Seed, StreamPurpose.Brand, visitor.Index, brand) < 0.25;
        return (style ? StyleLiking : 0) + (likesBrand ? BrandLiking : 0)
            - (PriceMisfit * Math.Abs(taste.PriceQuantile - traits.PriceQuantile));
    }

    /// <summary>Whether the shelf is among those the shopper's taste names.</summary>
    public static bool Cares(Visitor visitor, int shelf) =>
        visitor.Taste.Main.Shelves.Contains(shelf) || visitor.Taste.Second.Shelves.Contains(shelf) || visitor.Taste.Own.Contains(shelf);

    private int DrawInterest(Visitor visitor, SeededRandom random)
    {
        Taste taste = visitor.Taste;
        double u = random.NextDouble();
        int[]? shelves = u switch
        {
            < 0.52 => taste.Main.Shelves,
            < 0.72 => taste.Second.Shelves,
            < 0.97 => taste.Own,
            _ => null,
        };
        return shelves is null ? population.PopularShelf(random) : shelves[ZipfRanks.Draw(random.NextDouble(), shelves.Length)];
    }

    // What did not exist yet is passed over; a shelf that was all new that day falls back to its oldest product.
    private int Popular(int shelf, int daysBeforeEnd, SeededRandom random)
    {
        Shelf products = catalogue.Shelves[shelf];
        for (int attempt = 0; attempt < 8; attempt++)
        {
            int product = products.AtRank(ZipfRanks.Draw(random.NextDouble(), products.Count));
            if (products.AgeInDays(product, options.Days) >= daysBeforeEnd)
            {
                return product;
            }
        }

        return products.First;
    }

    private double Season(int shelf, int daysBeforeEnd)
    {
        int dayOfYear = options.EndsAt.UtcDateTime.AddDays(-daysBeforeEnd).DayOfYear;
        int peak = catalogue.Words.Departments[catalogue.Shelves[shelf].Department].PeakDay;
        return 0.65 + (0.35 * Math.Cos(2 * Math.PI * (dayOfYear - peak) / 365.25));
    }
}
