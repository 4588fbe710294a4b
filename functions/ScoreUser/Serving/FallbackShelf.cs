using Aisle.Candidates;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Reranking;
using Aisle.ScoreUser.Answering;
using Aisle.ScoreUser.Filtering;
using Aisle.ScoreUser.Requests;

namespace Aisle.ScoreUser.Serving;

/// <summary>What is shown before there is a model: the shop's own products, newest first. Held in memory, so that no store is asked.</summary>
/// <param name="products">In the order in which they are shown.</param>
public sealed class FallbackShelf(IReadOnlyList<Product> products)
{
    /// <summary>How many products are held at most.</summary>
    public const int Capacity = 5_000;

    private static readonly Reason InCatalogue = new(ReasonCode.InCatalogue, null, null);

    /// <summary>Nothing to show.</summary>
    public static FallbackShelf Empty { get; } = new([]);

    /// <summary>How many products are held.</summary>
    public int Count => products.Count;

    /// <summary>Reads the catalogue: products that can be bought, newest first, ties by id.</summary>
    public static async Task<FallbackShelf> FromAsync(IAsyncEnumerable<Product> catalogue, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        List<Product> found = [];
        await foreach (Product product in catalogue.WithCancellation(cancellationToken))
        {
            found.Add(product);
        }

        return new FallbackShelf([.. found.OrderByDescending(product => product.CreatedDate ?? DateOnly.MinValue).ThenBy(product => product.Id).Take(Capacity)]);
    }

    /// <summary>Lays out one slate.</summary>
    /// <param name="request">What is asked for; its filters hold.</param>
    /// <param name="among">Only these products; null for all.</param>
    public FallbackSlate Lay(SlateRequest request, IReadOnlySet<ProductId>? among)
    {
        ArgumentNullException.ThrowIfNull(request);
        EligibilityFilter filter = new(request.Filter);
        List<Product> shown = [];
        Dictionary<string, int> removed = [];
        int eligible = 0;
        foreach (Product product in products)
        {
            string? reason = among?.Contains(product.Id) == false ? "not_offered" : EligibleItems.NameOf(filter.Reject(product, null));
            if (reason is not null)
            {
                removed[reason] = removed.GetValueOrDefault(reason) + 1;
            }
            else if (eligible++ < request.Limit)
            {
                shown.Add(product);
            }
        }

        return new FallbackSlate(
            products.Count == 0 ? "none" : "catalogue",
            [.. shown.Select((product, index) => new SlateItem(product.Id, index + 1, 0, SlotKind.BackFill, 1))],
            [.. shown.Select(product => new ShownProduct(product, product.PriceMinor, product.Currency, InCatalogue, null))],
            eligible,
            shown.Count == request.Limit ? null : new SlateShortfall(
                request.Limit, eligible, [("no_model", request.Limit - shown.Count), .. removed.Select(entry => (entry.Key, entry.Value)).OrderByDescending(entry => entry.Value)]));
    }
}
