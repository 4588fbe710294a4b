using System.Globalization;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Local.DemoShop.Chance;
using Aisle.Numerics;

namespace Aisle.Local.DemoShop.Products;

/// <summary>The products of a demo shop, each made from its number when it is asked for.</summary>
internal sealed class DemoCatalogue
{
    private readonly DemoShopOptions _options;
    private readonly DemoVocabulary _words;
    private readonly Shelf[] _shelves;
    private readonly DateOnly _lastDay;
    private readonly string _idFormat;

    public DemoCatalogue(DemoShopOptions options, DemoVocabulary words)
    {
        _options = options;
        _words = words;
        _shelves = ShelfPlanner.Plan(options, words);
        _lastDay = DateOnly.FromDateTime(options.EndsAt.UtcDateTime);
        _idFormat = "D" + Math.Max(5, options.Products.ToString(CultureInfo.InvariantCulture).Length);
    }

    public IReadOnlyList<Shelf> Shelves => _shelves;

    public DemoVocabulary Words => _words;

    public ProductId IdOf(int product) => new("P" + (product + 1).ToString(_idFormat, CultureInfo.InvariantCulture));

    /// <summary>The number of a product of this catalogue; −1 of any other.</summary>
    public int NumberOf(ProductId id) =>
        int.TryParse(id.Value.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= _options.Products && IdOf(number - 1) == id
            ? number - 1
            : -1;

    public ProductTraits TraitsOf(int product) => TraitsOf(product, ShelfOf(product), out _);

    /// <summary>The traits of a product whose shelf the caller knows.</summary>
    public ProductTraits TraitsOf(int product, int shelf) => TraitsOf(product, shelf, out _);

    public Product At(int product)
    {
        int index = ShelfOf(product);
        Shelf shelf = _shelves[index];
        ProductTraits traits = TraitsOf(product, index, out SeededRandom random);
        Department department = _words.Departments[shelf.Department];
        ProductWords words = ProductWords.Draw(_words, department, shelf.Subcategory, traits, random);
        return new Product
        {
            Id = IdOf(product),
            Title = words.Title,
            Category = department.Name,
            Subcategory = shelf.Subcategory.Name,
            Brand = department.Brands[traits.Brand],
            PriceMinor = traits.PriceMinor,
            Currency = _options.Currency,
            Description = words.Description,
            Tags = words.Tags,
            CreatedDate = _lastDay.AddDays(-traits.AgeInDays),
            ImageUrl = $"https://demo.shop.example/images/{IdOf(product).Value}.jpg",
            InStock = random.NextDouble() >= 0.02,
        };
    }

    private ProductTraits TraitsOf(int product, int index, out SeededRandom random)
    {
        Shelf shelf = _shelves[index];
        random = Streams.Of(_options.Seed, StreamPurpose.Product, product);
        int style = random.NextInt(_words.Styles.Length);
        int brand = (int)(random.NextDouble() * random.NextDouble() * _words.Departments[shelf.Department].Brands.Length);
        double quantile = random.NextDouble();
        return new ProductTraits(index, style, brand, quantile, Price(shelf.Subcategory, quantile), shelf.AgeInDays(product, _options.Days));
    }

    // Prices are log-uniform and end in 99 or 95, as in shops; currencies without decimals get whole units.
    private long Price(Subcategory subcategory, double quantile)
    {
        double price = subcategory.From * Math.Pow((double)subcategory.To / subcategory.From, quantile);
        decimal ending = price < 20 ? 0.05m : 0.01m;
        return Money.ToMinor((decimal)Math.Ceiling(price) - ending, _options.Currency) ?? 0;
    }

    private int ShelfOf(int product)
    {
        int low = 0;
        int high = _shelves.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = _shelves[middle].First <= product ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
