using Aisle.Catalogue;
using Aisle.ColdStart;
using Aisle.Numerics;

namespace Aisle.Candidates.Hybrid;

/// <summary>The products in their first days, found without walking the catalogue: dated products lie newest first.</summary>
internal sealed class NewestProducts
{
    private readonly IReadOnlyList<Product> _products;
    private readonly NewProductOptions _options;
    private readonly int[] _newestFirst;

    /// <summary>Sorts the dated products: O(n·log n).</summary>
    /// <param name="products">All products, by index.</param>
    /// <param name="options">How long a product is new.</param>
    public NewestProducts(IReadOnlyList<Product> products, NewProductOptions options)
    {
        _products = products;
        _options = options;
        _newestFirst = [.. Enumerable.Range(0, products.Count)
            .Where(item => products[item].CreatedDate is not null)
            .OrderByDescending(item => products[item].CreatedDate).ThenBy(item => item)];
    }

    /// <summary>The first of what <see cref="At"/> gives.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="newest">Receives them; its length is how many at most.</param>
    /// <returns>How many there are.</returns>
    public int Fill(DateTimeOffset now, Span<ScoredIndex> newest)
    {
        int count = 0;
        foreach (ScoredIndex entry in At(now))
        {
            if (count == newest.Length)
            {
                break;
            }

            newest[count++] = entry;
        }

        return count;
    }

    /// <summary>What is new at a moment, newest first, ties by index; the score is the factor of newness, above 1 and falling.</summary>
    /// <remarks>O(announced + new).</remarks>
    public IEnumerable<ScoredIndex> At(DateTimeOffset now)
    {
        DateOnly today = DateOnly.FromDateTime(now.UtcDateTime);
        foreach (int item in _newestFirst)
        {
            if (_products[item].CreatedDate > today)
            {
                continue;
            }

            if (!Newness.IsNew(_products[item], now, _options))
            {
                yield break;
            }

            yield return new ScoredIndex(item, Newness.ScoreFactor(_products[item], now, _options));
        }
    }
}
