using Aisle.Catalogue;
using Aisle.Events;

namespace Aisle.Local.Import.Reading;

/// <summary>The products that events name beside what happened: for each the latest value of each attribute,
/// whatever the order of the rows.</summary>
internal sealed class NamedProducts
{
    private readonly Dictionary<ProductId, Known> _known = [];
    private readonly ProductRules _rules = new(requiresTitle: false);

    /// <summary>The products, ordered by id.</summary>
    public IReadOnlyCollection<Product> All => [.. _known.OrderBy(pair => pair.Key).Select(pair => pair.Value.Product)];

    /// <summary>Takes note of what an event said of its product; what breaks a rule is not taken.</summary>
    public void Add(RawProduct raw, DateTimeOffset at)
    {
        if (_rules.Accept(raw, []) is not { } product)
        {
            return;
        }

        _known[product.Id] = _known.TryGetValue(product.Id, out Known known)
            ? Merge(known, product, at)
            : new Known(at, product.PriceMinor is null ? DateTimeOffset.MinValue : at, product);
    }

    /// <summary>Takes note that there is the product of a row that became an event; other rows name none.</summary>
    public void AddIdOf(ImportedRow row)
    {
        if (row is ImportedRow.Accepted { Content: { Product: { } id } happened })
        {
            Add(new RawProduct { ProductId = id.Value }, happened.OccurredAt);
        }
    }

    private static Known Merge(Known known, Product product, DateTimeOffset at)
    {
        bool isNewer = at >= known.At;
        (Product first, Product second) = isNewer ? (product, known.Product) : (known.Product, product);
        bool takesPrice = product.PriceMinor is not null && at >= known.PricedAt;
        Product merged = first with
        {
            Title = first.Title ?? second.Title,
            Category = first.Category ?? second.Category,
            Subcategory = first.Category is null ? second.Subcategory : first.Subcategory,
            Brand = first.Brand ?? second.Brand,
            PriceMinor = takesPrice ? product.PriceMinor : known.Product.PriceMinor,
            Currency = takesPrice ? product.Currency : known.Product.Currency,
        };
        return new Known(isNewer ? at : known.At, takesPrice ? at : known.PricedAt, merged);
    }

    private readonly record struct Known(DateTimeOffset At, DateTimeOffset PricedAt, Product Product);
}
