using System.Text.Json;
using Aisle.Events;
using Aisle.Reranking;
using Aisle.ScoreUser.Requests;

namespace Aisle.ScoreUser.Replaying;

/// <summary>A request in the fields that it was sent in, without the shopper: what the reader of requests reads again.</summary>
internal static class RecordedRequest
{
    /// <summary>Writes what differs from a request without fields.</summary>
    public static void Write(Utf8JsonWriter json, SlateRequest request, IReadOnlyList<ProductId>? listed, string currency)
    {
        json.WriteStartObject();
        if (listed is null)
        {
            json.WriteString("surface", request.Surface.WireName());
            json.WriteNumber("limit", request.Limit);
        }
        else
        {
            Names(json, "product_ids", listed);
        }

        Text(json, "product_id", request.Product?.Value);
        Names(json, "cart", request.Cart);
        Text(json, "age_bracket", request.Cohort.AgeBracket);
        Text(json, "location", request.Cohort.Location);
        Text(json, "device_type", request.Cohort.Device);
        Filter(json, request, currency);
        Composition(json, request);
        json.WriteEndObject();
    }

    private static void Filter(Utf8JsonWriter json, SlateRequest request, string currency)
    {
        SlateFilter filter = request.Filter;
        Truth(json, "in_stock_only", filter.InStockOnly, absent: true);
        Truth(json, "show_purchased", request.ShowsPurchased, absent: false);
        Names(json, "exclude", filter.Excluded);
        Names(json, "repeat_categories", filter.RepeatPurchaseCategories);
        Names(json, "categories", filter.Categories);
        Names(json, "exclude_categories", filter.ExcludedCategories);
        Names(json, "brands", filter.Brands);
        Names(json, "exclude_brands", filter.ExcludedBrands);
        Names(json, "tags", filter.Tags);
        Names(json, "exclude_tags", filter.ExcludedTags);
        Number(json, "min_price", filter.MinPriceMinor is { } least ? Money.FromMinor(least, currency) : null);
        Number(json, "max_price", filter.MaxPriceMinor is { } most ? Money.FromMinor(most, currency) : null);
        Number(json, "min_price_ratio", request.PriceBand?.Least);
        Number(json, "max_price_ratio", request.PriceBand?.Most);
    }

    private static void Composition(Utf8JsonWriter json, SlateRequest request)
    {
        Number(json, "max_per_category", request.Caps.MaxPerCategory);
        Number(json, "max_per_brand", request.Caps.MaxPerBrand);
        Names(json, "min_per_category", FloorsOf(request.Floors.Categories));
        Names(json, "min_per_brand", FloorsOf(request.Floors.Brands));
    }

    private static string[] FloorsOf(IReadOnlyDictionary<string, int> floors) => floors.Count == 0 ? [] : [.. floors.Select(floor => $"{floor.Key}:{floor.Value}")];

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void Truth(Utf8JsonWriter json, string name, bool value, bool absent)
    {
        if (value != absent)
        {
            json.WriteBoolean(name, value);
        }
    }

    private static void Number(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    private static void Names(Utf8JsonWriter json, string name, IReadOnlyCollection<ProductId> products)
    {
        if (products.Count > 0)
        {
            Names(json, name, [.. products.Select(product => product.Value)]);
        }
    }

    private static void Names(Utf8JsonWriter json, string name, IReadOnlyCollection<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        IEnumerable<string> sorted = name == "product_ids" || name == "cart" ? values : values.Order(StringComparer.Ordinal);
        json.WriteStartArray(name);
        foreach (string value in sorted)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
