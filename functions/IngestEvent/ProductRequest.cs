using System.Text.Json;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Http;

namespace Aisle.IngestEvent;

/// <summary>Reads products from their wire form and names everything that is wrong with them.</summary>
internal sealed class ProductRequest(JsonElement json, string path, List<FieldProblem> problems)
{
    private const int MaxText = 20_000;
    private const int MaxTags = 100;

    /// <summary>A whole product; null when anything is wrong.</summary>
    public Product? Read()
    {
        int before = problems.Count;
        string? id = Text("product_id", Identity.MaxLength, isRequired: true);
        string? currency = Currency();
        Product product = new()
        {
            Id = Identity.IsValid(id) ? new ProductId(id!) : default,
            Title = Text("title", 1000, isRequired: true),
            Category = Text("category", 200, isRequired: false),
            Subcategory = Text("subcategory", 200, isRequired: false),
            Brand = Text("brand", 200, isRequired: false),
            Description = Text("description", MaxText, isRequired: false),
            ImageUrl = Text("image_url", 2000, isRequired: false),
            Tags = Tags(),
            CreatedDate = Date("created_date"),
            InStock = Flag("in_stock") ?? true,
            PriceMinor = Price(currency),
            Currency = Find("price") is null ? null : currency,
        };
        return problems.Count == before ? product : null;
    }

    /// <summary>The price in minor units; null when absent or wrong.</summary>
    public long? Price(string? currency)
    {
        if (Find("price") is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal price) && price >= 0)
        {
            return currency is not null && Money.ToMinor(price, currency) is { } minor ? minor : Refuse("price", "no currency, or too large", "Send price with its currency.");
        }

        return Refuse("price", "not a number of at least 0", "Send a plain JSON number, such as 12.50.");
    }

    /// <summary>The currency; null when absent or wrong.</summary>
    public string? Currency()
    {
        string? currency = Text("currency", 3, isRequired: false);
        if (currency is null || Money.IsCurrency(currency))
        {
            return currency;
        }

        Refuse("currency", "no ISO 4217 code", "Send three capital letters, such as EUR.");
        return null;
    }

    /// <summary>A boolean; null when absent or wrong.</summary>
    public bool? Flag(string field)
    {
        if (Find(field) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Refuse(field, "neither true nor false", "Send true or false.");
        return null;
    }

    private JsonElement? Find(string field) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(field, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private string? Text(string field, int max, bool isRequired)
    {
        if (Find(field) is not { } value)
        {
            if (isRequired)
            {
                Refuse(field, "missing", $"Send a text of 1 to {max} characters.");
            }

            return null;
        }

        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text && text.Length <= max)
        {
            return text;
        }

        Refuse(field, "no text, empty or too long", $"Send a text of 1 to {max} characters.");
        return null;
    }

    private string[] Tags()
    {
        if (Find("tags") is not { } value)
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= MaxTags && value.EnumerateArray().All(tag => tag.ValueKind == JsonValueKind.String))
        {
            return [.. value.EnumerateArray().Select(tag => tag.GetString()!)];
        }

        Refuse("tags", "no list of texts, or too long", $"Send at most {MaxTags} texts.");
        return [];
    }

    private DateOnly? Date(string field)
    {
        if (Text(field, 10, isRequired: false) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", out DateOnly date))
        {
            return date;
        }

        Refuse(field, "no date", "Send a date such as 2026-01-15.");
        return null;
    }

    private long? Refuse(string field, string problem, string remedy)
    {
        problems.Add(new FieldProblem(path + field, problem, remedy));
        return null;
    }
}
