using Aisle.Candidates.Reasons;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Reranking;
using Aisle.ScoreUser.Answering;
using Aisle.ScoreUser.Filtering;
using Aisle.ScoreUser.Requests;

namespace Aisle.ScoreUser.Serving;

/// <summary>What is shown before there is a model: the shop's own products, the popular ones first, then the newest. Held in memory, so that no store is asked.</summary>
/// <param name="products">In the order in which they are shown.</param>
/// <param name="shoppers">How many shoppers touched each; those that nobody touched are absent.</param>
public sealed class FallbackShelf(IReadOnlyList<Product> products, IReadOnlyDictionary<ProductId, long> shoppers)
{
    /// <summary>How many products are held at most.</summary>
    public const int Capacity = 5_000;

    private static readonly Reason InCatalogue = new(ReasonCode.InCatalogue, null, null);
    private static readonly Reason Popular = new(ReasonCode.Popular, null, null);

    /// <summary>Nothing to show.</summary>
    public static FallbackShelf Empty { get; } = new([], new Dictionary<ProductId, long>());

    /// <summary>The products that most shoppers touched, then the newest, ties by id.</summary>
    /// <param name="products">The catalogue.</param>
    /// <param name="shoppers">How many touched each; those that nobody touched are absent.</param>
    public static FallbackShelf Of(IReadOnlyCollection<Product> products, IReadOnlyDictionary<ProductId, long> shoppers)
    {
        ArgumentNullException.ThrowIfNull(products);
        ArgumentNullException.ThrowIfNull(shoppers);
        return new FallbackShelf(
            [.. products.OrderByDescending(product => shoppers.GetValueOrDefault(product.Id)).ThenByDescending(product => product.CreatedDate ?? DateOnly.MinValue).ThenBy(product => product.Id).Take(Capacity)],
            shoppers);
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
            products.Count == 0 ? "none" : shoppers.Count > 0 ? "popularity" : "catalogue",
            [.. shown.Select((product, index) => new SlateItem(product.Id, index + 1, 0, SlotKind.BackFill, 1))],
            [.. shown.Select(product => new ShownProduct(product, product.PriceMinor, product.Currency, shoppers.ContainsKey(product.Id) ? Popular : InCatalogue, null))],
            eligible,
            ShortfallOf(request, shown, eligible, removed));
    }

    private static SlateShortfall? ShortfallOf(SlateRequest request, List<Product> shown, int eligible, Dictionary<string, int> removed)
    {
        IReadOnlyList<(string Reason, int Count)> unkept = UnkeptFloors.Of(request.Floors, shown);
        return shown.Count < request.Limit
            ? new SlateShortfall(
                request.Limit, eligible, [("no_model", request.Limit - shown.Count), .. removed.Select(entry => (entry.Key, entry.Value)).OrderByDescending(entry => entry.Value), .. unkept])
            : unkept.Count > 0 ? new SlateShortfall(request.Limit, eligible, unkept) : null;
    }
}
