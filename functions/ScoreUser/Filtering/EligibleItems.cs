using System.Text.Json;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Reranking;
using Aisle.Reranking.Rules;
using Aisle.ScoreUser.Serving;

namespace Aisle.ScoreUser.Filtering;

/// <summary>Which items a request may show. Ids are looked up once, so that judging an item costs a few nanoseconds.</summary>
public sealed class EligibleItems
{
    private static readonly string[] WireNames = [.. Enum.GetValues<FilterReason>().Select(reason => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()))];

    private readonly ServingView _view;
    private readonly IReadOnlyList<Product> _products;
    private readonly bool _inStockOnly;
    private readonly EligibilityFilter _filter;
    private readonly ActiveRules? _rules;
    private readonly Dictionary<int, FilterReason> _named = [];

    /// <summary>Resolves a filter against a view.</summary>
    /// <param name="view">The items, and what changed about them.</param>
    /// <param name="filter">What the request allows.</param>
    /// <param name="rules">What merchandisers block.</param>
    public EligibleItems(ServingView view, SlateFilter filter, ActiveRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(filter);
        _view = view;
        _products = view.Model.Bundle.Products;
        _inStockOnly = filter.InStockOnly;
        _rules = rules.Block ? rules : null;
        _filter = new EligibilityFilter(filter);
        foreach (ProductId product in _filter.Named)
        {
            if (view.Model.Bundle.Items.TryGetIndex(product, out int item) && _filter.RejectNamed(_products[item]) is { } reason)
            {
                _named[item] = reason;
            }
        }
    }

    /// <summary>A reason's name on the wire; null for none.</summary>
    public static string? NameOf(FilterReason? reason) => reason is { } known ? WireNames[(int)known] : null;

    /// <summary>What changed about an item since the model; null when nothing did.</summary>
    public Availability? ChangeOf(int item) => _view.ChangeOf(item);

    /// <summary>Whether the item may be shown.</summary>
    public bool MayShow(int item) => _view.IsSold(item)
        ? (_named.Count == 0 || !_named.ContainsKey(item))
            && _rules?.BlockOf(_products[item]) is null
            && (!_filter.LooksAtAttributes || _filter.RejectAttributes(_products[item], _view.ChangeOf(item)) is null)
        : !_inStockOnly && Reject(item) is null;

    /// <summary>Why the item may not be shown; null when it may.</summary>
    public FilterReason? Reject(int item)
    {
        Product product = _products[item];
        Availability? change = _view.ChangeOf(item);
        return _filter.RejectStock(change?.InStock ?? product.InStock, change is { Deleted: true })
            ?? (_rules?.BlockOf(product) is not null ? (FilterReason?)FilterReason.Blocked : null)
            ?? (_named.TryGetValue(item, out FilterReason reason) ? reason : _filter.RejectAttributes(product, change));
    }

    /// <summary>Which filter removes an item, by its name on the wire, and the rule where it is a merchandiser's
    /// block; nulls when none does.</summary>
    public (string? RemovedBy, string? Rule) Explain(int item) =>
        Reject(item) is { } reason ? (WireNames[(int)reason], reason == FilterReason.Blocked ? _rules?.BlockOf(_products[item])?.Id : null) : (null, null);

    /// <summary>Counts items: what is eligible, and what each filter removes.</summary>
    public (int Eligible, IReadOnlyList<(string Reason, int Count)> Removed) Count(IReadOnlyCollection<int> items)
    {
        int[] removed = new int[WireNames.Length];
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

        return (eligible, [.. removed.Select((count, reason) => (WireNames[reason], count)).Where(entry => entry.count > 0).OrderByDescending(entry => entry.count)]);
    }
}
