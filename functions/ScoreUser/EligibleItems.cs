using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Reranking;

namespace Aisle.ScoreUser;

/// <summary>Which items a request may show.</summary>
/// <param name="model">The items.</param>
/// <param name="filter">What the request allows.</param>
/// <param name="availability">What changed since the model.</param>
public sealed class EligibleItems(ServingModel model, SlateFilter filter, IReadOnlyDictionary<ProductId, Availability> availability)
{
    private readonly EligibilityFilter _filter = new(filter);

    /// <summary>What changed about a product since the model; null when nothing did.</summary>
    public Availability? ChangeOf(ProductId product) => availability.GetValueOrDefault(product);

    /// <summary>Whether the item may be shown.</summary>
    public bool MayShow(int item) => Reject(item) is null;

    /// <summary>Why the item may not be shown; null when it may.</summary>
    public FilterReason? Reject(int item)
    {
        Product product = model.Bundle.Products[item];
        return _filter.Reject(product, ChangeOf(product.Id));
    }

    /// <summary>Counts items: what is eligible, and what each filter removes.</summary>
    public (int Eligible, IReadOnlyList<(string Reason, int Count)> Removed) Count(IReadOnlyCollection<int> items)
    {
        int[] removed = new int[Enum.GetValues<FilterReason>().Length];
        int eligible = 0;
        foreach (int item in items)
        {
            if (Reject(item) is { } reason)
            {
                removed[(int)reason]++;
            }
            else
            {
                eligible++;
            }
        }

        return (eligible, [.. removed
            .Select((count, reason) => (System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(((FilterReason)reason).ToString()), count))
            .Where(entry => entry.count > 0)
            .OrderByDescending(entry => entry.count)]);
    }
}
