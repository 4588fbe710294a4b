using System.Text.Json;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Events.Wire;
using Aisle.Http;

namespace Aisle.IngestEvent.Products;

/// <summary>Reads what <c>PUT /v1/products</c> brings: one product, or an object whose <c>products</c> is a list.</summary>
internal static class ProductBatch
{
    private const int MaxProducts = 1000;

    private static readonly KnownFields Fields = new("products");

    /// <summary>The products, in the order in which they came; to be used only when nothing is wrong.</summary>
    /// <param name="body">The body's JSON.</param>
    /// <param name="problems">Grows by one entry a problem.</param>
    public static Product[] Read(JsonElement body, List<FieldProblem> problems)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("products", out JsonElement list))
        {
            return Read([body], problems);
        }

        problems.AddRange(Json.Unknown(body, Fields));
        int? count = list.ValueKind == JsonValueKind.Array ? list.GetArrayLength() : null;
        if (count is null or 0 or > MaxProducts)
        {
            problems.Add(new FieldProblem("products", count is null ? "no list" : $"it has {count} products", $"Send a list of 1 to {MaxProducts} products."));
            return [];
        }

        return Read([.. list.EnumerateArray()], problems);
    }

    private static Product[] Read(JsonElement[] wire, List<FieldProblem> problems)
    {
        List<Product> products = new(wire.Length);
        Dictionary<ProductId, int> places = [];
        for (int index = 0; index < wire.Length; index++)
        {
            if (new ProductRequest(wire[index], $"products[{index}].", problems).Read() is not { } product)
            {
                continue;
            }

            products.Add(product);
            if (!places.TryAdd(product.Id, index))
            {
                problems.Add(new FieldProblem($"products[{index}].product_id", $"the same as of products[{places[product.Id]}]", "Send each product once in a request."));
            }
        }

        return [.. products];
    }
}
