using System.Text.Json;
using Aisle.Catalogue;
using Aisle.Events.Rules;
using Aisle.Events.Wire;
using Aisle.Http;

namespace Aisle.IngestEvent.Products;

/// <summary>Reads products from their wire form and names everything that is wrong with them.</summary>
internal sealed class ProductRequest(JsonElement json, string path, List<FieldProblem> problems)
{
    private static readonly ProductRules Rules = new(requiresTitle: true) { RequiresWholeMinorUnits = true };

    private static readonly KnownFields Fields = new(
        "product_id", "title", "category", "subcategory", "brand", "price", "currency", "description", "tags", "created_date", "image_url", "in_stock");

    private static readonly KnownFields Changeable = new("price", "currency", "in_stock");

    private readonly List<EventFault> _faults = [];

    /// <summary>A whole product; null when anything is wrong.</summary>
    public Product? Read()
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new FieldProblem(path.TrimEnd('.'), "not a JSON object", "Send each product as an object."));
            return null;
        }

        Fields.Check(json, _faults);
        RawProduct raw = new()
        {
            ProductId = Text("product_id"),
            Title = Text("title"),
            Category = Text("category"),
            Subcategory = Text("subcategory"),
            Brand = Text("brand"),
            Description = Text("description"),
            ImageUrl = Text("image_url"),
            Tags = Tags(),
            CreatedDate = Date("created_date"),
            InStock = Flag("in_stock"),
            Price = Number("price"),
            Currency = Text("currency"),
        };
        Product? product = Rules.Accept(raw, _faults);
        Report();
        return product;
    }

    /// <summary>A change of price or stock; null when anything is wrong.</summary>
    public ProductChange? ReadChange()
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new FieldProblem("body", "not a JSON object", "Send in_stock, or price with its currency."));
            return null;
        }

        Changeable.Check(json, _faults);
        RawProduct raw = new() { Price = Number("price"), Currency = Text("currency"), InStock = Flag("in_stock") };
        long? price = Rules.Price(raw, _faults);
        if (_faults.Count == 0 && raw.InStock is null && price is null)
        {
            _faults.Add(new EventFault("body", "nothing to change", "Send in_stock, or price with its currency."));
        }

        Report();
        return _faults.Count > 0 ? null : new ProductChange(raw.InStock, price, price is null ? null : raw.Currency);
    }

    private void Report() => problems.AddRange(Json.Problems(_faults, path));

    private JsonElement? Find(string field) =>
        json.TryGetProperty(field, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private string? Text(string field)
    {
        if (Find(field) is not { } value)
        {
            return null;
        }

        return TextOf(value) ?? Refuse<string?>(field, "not a text", "Send a JSON string.");
    }

    private decimal? Number(string field)
    {
        if (Find(field) is not { } value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal number)
            ? number
            : Refuse<decimal?>(field, "not a number", "Send a plain JSON number of at least 0, such as 12.50.");
    }

    private bool? Flag(string field)
    {
        if (Find(field) is not { } value)
        {
            return null;
        }

        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : Refuse<bool?>(field, "neither true nor false", "Send true or false.");
    }

    private string[] Tags()
    {
        if (Find("tags") is not { } value)
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(tag => TextOf(tag) is not null))
        {
            return [.. value.EnumerateArray().Select(tag => TextOf(tag)!)];
        }

        return Refuse<string[]>("tags", "no list of texts", $"Send a list of at most {ProductRules.MaxTags} texts.") ?? [];
    }

    private DateOnly? Date(string field)
    {
        if (Text(field) is not { } text)
        {
            return null;
        }

        return DateOnly.TryParseExact(text, "yyyy-MM-dd", out DateOnly date) ? date : Refuse<DateOnly?>(field, "no date", "Send a date such as 2026-01-15.");
    }

    /// <summary>The text of a JSON string; null when it is none or escapes half a surrogate pair.</summary>
    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private T? Refuse<T>(string field, string problem, string remedy)
    {
        _faults.Add(new EventFault(field, problem, remedy));
        return default;
    }
}
