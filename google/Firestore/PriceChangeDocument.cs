using Aisle.Catalogue;
using Aisle.Events;

namespace Aisle.GoogleCloud.Firestore;

/// <summary>How a change of price stands in a document.</summary>
internal static class PriceChangeDocument
{
    /// <summary>The fields of a change.</summary>
    public static Dictionary<string, object?> Encode(PriceChange change) => new()
    {
        ["product_id"] = change.Product.Value,
        ["changed_at"] = change.At,
        ["price_minor"] = change.PriceMinor,
        ["currency"] = change.Currency,
        ["in_stock"] = change.InStock,
    };

    /// <summary>The change of a document.</summary>
    /// <exception cref="InvalidDataException">A field is missing or of another type.</exception>
    public static PriceChange Decode(DocumentFields document) => new(
        new ProductId(document.Text("product_id")), document.Instant("changed_at"), document.WholeOrNull("price_minor"), document.TextOrNull("currency"),
        document.TruthOrNull("in_stock") ?? true);
}
