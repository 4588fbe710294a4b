using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Neighbours;
using Aisle.ColdStart;
using Aisle.Content;
using Aisle.Numerics;

namespace Aisle.Candidates;

/// <summary>Candidates for shelves that hang on products or on the shop, not on a shopper's whole history.</summary>
/// <param name="bundle">The model.</param>
/// <param name="newProducts">How long a product is new.</param>
public sealed class Shelves(ModelBundle bundle, NewProductOptions newProducts)
{
    private readonly NewestProducts _newest = new(bundle.Products, newProducts);

    /// <summary>Products like one: touched by the same shoppers, and saying the same things.</summary>
    /// <param name="item">The product, by index; never in its own list.</param>
    /// <param name="count">How many at most, positive.</param>
    /// <returns>Best first: the sum of both sources, each scaled by its best.</returns>
    /// <remarks>O(items·d) for the content.</remarks>
    public IReadOnlyList<ScoredIndex> SimilarTo(int item, int count)
    {
        IReadOnlyList<ScoredIndex> content = SimilarContent.Of(bundle.Content.Embeddings, item, 2 * count, among: null);
        Dictionary<int, float> sums = [];
        AddScaled(sums, content.ToArray());
        AddScaled(sums, bundle.TouchedTogether.Of(item));
        return Best(sums, count, []);
    }

    /// <summary>Products often bought with those of a cart.</summary>
    /// <param name="items">The products of the cart or of the page, by index; none of them is in the list.</param>
    /// <param name="count">How many at most, positive.</param>
    /// <returns>Best first by the summed strength; empty when nothing was bought with them.</returns>
    public IReadOnlyList<ScoredIndex> BoughtWith(IReadOnlyCollection<int> items, int count) => Together(bundle.BoughtTogether, items, count);

    /// <summary>Products that the same shoppers touched as these.</summary>
    /// <param name="items">The products, by index; none of them is in the list.</param>
    /// <param name="count">How many at most, positive.</param>
    public IReadOnlyList<ScoredIndex> TouchedWith(IReadOnlyCollection<int> items, int count) => Together(bundle.TouchedTogether, items, count);

    /// <summary>Products with a recent lift, highest first.</summary>
    public IReadOnlyList<ScoredIndex> Trending(int count) => [.. bundle.Trending.Take(count)];

    /// <summary>Products in their first days, newest first, ties by index; the score is what the newness factor adds to 1.</summary>
    public IReadOnlyList<ScoredIndex> NewArrivals(DateTimeOffset now, int count)
    {
        ScoredIndex[] arrivals = new ScoredIndex[count];
        return arrivals[..NewArrivals(now, arrivals)];
    }

    /// <summary>The same into memory of the caller.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="arrivals">Receives them; its length is how many at most.</param>
    /// <returns>How many there are.</returns>
    public int NewArrivals(DateTimeOffset now, Span<ScoredIndex> arrivals)
    {
        int count = _newest.Fill(now, arrivals);
        foreach (ref ScoredIndex arrival in arrivals[..count])
        {
            arrival = arrival with { Score = arrival.Score - 1 };
        }

        return count;
    }

    private static ScoredIndex[] Together(NeighbourLists lists, IReadOnlyCollection<int> items, int count)
    {
        Dictionary<int, float> sums = [];
        foreach (int item in items.Order())
        {
            foreach (ScoredIndex neighbour in lists.Of(item))
            {
                sums[neighbour.Index] = sums.GetValueOrDefault(neighbour.Index) + neighbour.Score;
            }
        }

        return Best(sums, count, items);
    }

    private static void AddScaled(Dictionary<int, float> sums, ReadOnlySpan<ScoredIndex> list)
    {
        foreach (ScoredIndex entry in list)
        {
            sums[entry.Index] = sums.GetValueOrDefault(entry.Index) + (entry.Score / list[0].Score);
        }
    }

    private static ScoredIndex[] Best(Dictionary<int, float> sums, int count, IReadOnlyCollection<int> without)
    {
        TopK best = new(count);
        foreach ((int item, float score) in sums)
        {
            if (!without.Contains(item))
            {
                best.Offer(item, score);
            }
        }

        ScoredIndex[] ranked = new ScoredIndex[best.Count];
        best.Drain(ranked);
        return ranked;
    }
}
