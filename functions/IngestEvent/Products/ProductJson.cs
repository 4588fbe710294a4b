using System.Text.Json;
using Aisle.Catalogue;
using Aisle.Events;

namespace Aisle.IngestEvent.Products;

/// <summary>How products and their prices stand in answers.</summary>
internal static class ProductJson
{
    /// <summary>The members of a product, those of a PUT.</summary>
    public static void Write(Utf8JsonWriter json, Product product)
    {
        json.WriteString("product_id", product.Id.Value);
        json.WriteString("title", product.Title);
        json.WriteString("category", product.Category);
        json.WriteString("subcategory", product.Subcategory);
        json.WriteString("brand", product.Brand);
        WritePrice(json, product.PriceMinor, product.Currency);
        json.WriteString("description", product.Description);
        json.WriteStartArray("tags");
        foreach (string tag in product.Tags)
        {
            json.WriteStringValue(tag);
        }

        json.WriteEndArray();
        json.WriteString("created_date", product.CreatedDate?.ToString("yyyy-MM-dd", null));
        json.WriteString("image_url", product.ImageUrl);
        json.WriteBoolean("in_stock", product.InStock);
    }

    /// <summary>The members of a history of prices: at least one change, oldest first.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<PriceChange> changes)
    {
        json.WriteString("product_id", changes[0].Product.Value);
        json.WriteStartArray("prices");
        foreach (PriceChange change in changes)
        {
            json.WriteStartObject();
            json.WriteString("from", change.At);
            WritePrice(json, change.PriceMinor, change.Currency);
            json.WriteBoolean("in_stock", change.InStock);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePrice(Utf8JsonWriter json, long? minor, string? currency)
    {
        if (minor is { } price)
        {
            json.WriteNumber("price", Money.FromMinor(price, currency!));
        }
        else
        {
            json.WriteNull("price");
        }

        json.WriteString("currency", currency);
    }
}
