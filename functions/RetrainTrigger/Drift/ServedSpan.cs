using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Sql;

namespace Aisle.RetrainTrigger.Drift;

/// <summary>What was served in a span of days, counted by everything that drift is looked for in.</summary>
internal sealed class ServedSpan
{
    private readonly Dictionary<string, long> _strategies = [];
    private readonly Dictionary<long, long> _scores = [];
    private readonly Dictionary<string, long> _categories = [];
    private readonly Dictionary<int, long> _prices = [];
    private readonly Dictionary<string, (long Slates, long Clicked)> _surfaces = [];

    /// <summary>All slates.</summary>
    public long Slates { get; private set; }

    /// <summary>Slates by how they were made.</summary>
    public IReadOnlyDictionary<string, long> Strategies => _strategies;

    /// <summary>Places by score, in steps.</summary>
    public IReadOnlyDictionary<long, long> Scores => _scores;

    /// <summary>Served products by category.</summary>
    public IReadOnlyDictionary<string, long> Categories => _categories;

    /// <summary>Served products by price, two bands for each doubling.</summary>
    public IReadOnlyDictionary<int, long> Prices => _prices;

    /// <summary>Slates and clicked ones of each shelf.</summary>
    public IReadOnlyDictionary<string, (long Slates, long Clicked)> Surfaces => _surfaces;

    /// <summary>Adds slates.</summary>
    public void Add(ServedDay row)
    {
        Slates += row.Slates;
        Count(_strategies, row.Strategies, row.Slates);
        (long slates, long clicked) = _surfaces.GetValueOrDefault(row.Surface);
        _surfaces[row.Surface] = (slates + row.Slates, clicked + row.Clicked);
    }

    /// <summary>Adds scores.</summary>
    public void Add(ScoreDay row) => Count(_scores, row.Step, row.Places);

    /// <summary>Adds a product that was served; one that the catalogue does not know any more says nothing.</summary>
    public void Add(ProductExposureDay row, IReadOnlyDictionary<ProductId, Product> catalogue)
    {
        if (!catalogue.TryGetValue(row.Product, out Product? product) || row.Slates == 0)
        {
            return;
        }

        Count(_categories, product.Category ?? "", row.Slates);
        if (product.PriceMinor is { } price and > 0)
        {
            Count(_prices, (int)Math.Floor(2 * Math.Log2(price)), row.Slates);
        }
    }

    private static void Count<T>(Dictionary<T, long> counts, T label, long count)
        where T : notnull => counts[label] = counts.GetValueOrDefault(label) + count;
}
