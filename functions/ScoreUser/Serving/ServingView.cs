using Aisle.Catalogue;

namespace Aisle.ScoreUser.Serving;

/// <summary>The serving model and what changed about its products since: one immutable state, taken once by each request.</summary>
public sealed class ServingView
{
    private readonly Availability?[] _changes;
    private readonly bool[] _sold;

    /// <summary>A model with all changes known so far.</summary>
    /// <param name="model">What serves.</param>
    /// <param name="changes">By product; products that the model does not know are passed over.</param>
    public ServingView(ServingModel model, IEnumerable<Availability> changes)
        : this(model, new Availability?[model.Bundle.Products.Count], [.. model.Bundle.Products.Select(product => product.InStock)])
    {
        Apply(changes);
    }

    private ServingView(ServingModel model, Availability?[] changes, bool[] sold)
    {
        Model = model;
        _changes = changes;
        _sold = sold;
    }

    /// <summary>What serves.</summary>
    public ServingModel Model { get; }

    /// <summary>What changed about an item since the model; null when nothing did.</summary>
    public Availability? ChangeOf(int item) => _changes[item];

    /// <summary>Whether an item can be bought now.</summary>
    public bool IsSold(int item) => _sold[item];

    /// <summary>An item's price now, minor units; null when unknown.</summary>
    public long? PriceOf(int item) => _changes[item] is { } change ? change.PriceMinor : Model.Bundle.Products[item].PriceMinor;

    /// <summary>The same model after further changes.</summary>
    /// <remarks>O(items), for requests under way keep this view.</remarks>
    public ServingView With(IEnumerable<Availability> changes)
    {
        ServingView next = new(Model, [.. _changes], [.. _sold]);
        next.Apply(changes);
        return next;
    }

    private void Apply(IEnumerable<Availability> changes)
    {
        foreach (Availability change in changes)
        {
            if (Model.Bundle.Items.TryGetIndex(change.Product, out int item))
            {
                _changes[item] = change;
                _sold[item] = change is { InStock: true, Deleted: false };
            }
        }
    }
}
