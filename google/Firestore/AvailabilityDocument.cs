using Aisle.Catalogue;
using Aisle.Events;

namespace Aisle.GoogleCloud.Firestore;

/// <summary>How a change of price or stock stands in a document.</summary>
internal static class AvailabilityDocument
{
    /// <summary>The fields of a change.</summary>
    public static Dictionary<string, object?> Encode(Availability change) => new()
    {
        ["product_id"] = change.Product.Value,
        ["version"] = change.Version,
        ["in_stock"] = change.InStock,
        ["price_minor"] = change.PriceMinor,
        ["currency"] = change.Currency,
        ["deleted"] = change.Deleted,
    };

    /// <summary>The change of a document.</summary>
    /// <exception cref="InvalidDataException">A field is missing or of another type.</exception>
    public static Availability Decode(DocumentFields document) => new(
        new ProductId(document.Text("product_id")),
        document.Whole("version"),
        document.TruthOrNull("in_stock") ?? true,
        document.WholeOrNull("price_minor"),
        document.TextOrNull("currency"),
        document.TruthOrNull("deleted") ?? false);
}
