using System.Globalization;
using Aisle.Catalogue;
using Aisle.Events;

namespace Aisle.GoogleCloud.Firestore;

/// <summary>How a product stands in a document.</summary>
internal static class ProductDocument
{
    private const string Day = "yyyy-MM-dd";

    /// <summary>The fields of a product.</summary>
    public static Dictionary<string, object?> Encode(Product product) => new()
    {
        ["product_id"] = product.Id.Value,
        ["title"] = product.Title,
        ["category"] = product.Category,
        ["subcategory"] = product.Subcategory,
        ["brand"] = product.Brand,
        ["price_minor"] = product.PriceMinor,
        ["currency"] = product.Currency,
        ["description"] = product.Description,
        ["tags"] = product.Tags,
        ["created_date"] = product.CreatedDate?.ToString(Day, CultureInfo.InvariantCulture),
        ["image_url"] = product.ImageUrl,
        ["in_stock"] = product.InStock,
    };

    /// <summary>The product of a document.</summary>
    /// <exception cref="InvalidDataException">A field is missing or of another type.</exception>
    public static Product Decode(DocumentFields document) => new()
    {
        Id = new ProductId(document.Text("product_id")),
        Title = document.TextOrNull("title"),
        Category = document.TextOrNull("category"),
        Subcategory = document.TextOrNull("subcategory"),
        Brand = document.TextOrNull("brand"),
        PriceMinor = document.WholeOrNull("price_minor"),
        Currency = document.TextOrNull("currency"),
        Description = document.TextOrNull("description"),
        Tags = document.List<string>("tags"),
        CreatedDate = document.TextOrNull("created_date") is { } day ? DateOnly.ParseExact(day, Day, CultureInfo.InvariantCulture) : null,
        ImageUrl = document.TextOrNull("image_url"),
        InStock = document.TruthOrNull("in_stock") ?? true,
    };
}
