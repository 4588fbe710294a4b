using System.Globalization;
using System.Text.Json;
using Aisle.Events;
using Aisle.Http;
using Microsoft.AspNetCore.Http;

namespace Aisle.ScoreUser.Requests;

/// <summary>The fields of a request, from the query string or from a JSON object alike, with every fault named.</summary>
internal sealed class RequestFields
{
    private const int MaxText = 200;
    private const int MaxList = 1000;
    private const int MaxCounts = 20;
    private const decimal MaxRatio = 1000;

    private const int MaxUnknown = 20;
    private const int MaxEchoed = 60;

    /// <summary>What a slate's request may say; a page and a list to be ranked have a field more.</summary>
    private static readonly string[] Known =
    [
        "user_id", "assignment_id", "surface", "limit", "product_id", "cart", "age_bracket", "location", "device_type", "consent", "budget_ms", "explain", "preview",
        "in_stock_only", "show_purchased", "exclude", "repeat_categories", "categories", "exclude_categories", "brands", "exclude_brands", "tags", "exclude_tags", "min_price", "max_price",
        "min_price_ratio", "max_price_ratio", "max_per_category", "max_per_brand", "min_per_category", "min_per_brand",
    ];

    private static readonly IReadOnlySet<string> NoNames = new HashSet<string>();

    private readonly Dictionary<string, string[]> _values = new(StringComparer.Ordinal);

    private readonly string _place;

    private RequestFields(List<FieldProblem> problems, string place) => (Problems, _place) = (problems, place);

    public List<FieldProblem> Problems { get; }

    /// <summary>The fields of a query string. Names that are unknown are let pass: addresses gather marks of campaigns, such as <c>utm_source</c>.</summary>
    public static RequestFields From(IQueryCollection query, List<FieldProblem> problems)
    {
        RequestFields fields = new(problems, "");
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in query)
        {
            fields._values[name] = IsList(name)
                ? [.. values.OfType<string>().SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries))]
                : [.. values.OfType<string>()];
        }

        return fields;
    }

    /// <summary>The fields of a JSON object. Names that are unknown are refused: whoever wrote the body meant something by them.</summary>
    /// <param name="json">The object.</param>
    /// <param name="problems">Gathers what is wrong.</param>
    /// <param name="further">The field that it may have beside those of a slate's request; null for none.</param>
    /// <param name="place">What stands before the names of fields in problems, such as <c>slates[1].</c>; empty for the body itself.</param>
    public static RequestFields From(JsonElement json, List<FieldProblem> problems, string? further = null, string place = "")
    {
        RequestFields fields = new(problems, place);
        if (json.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new FieldProblem(place.Length == 0 ? "body" : place.TrimEnd('.'), "not a JSON object", "Send an object."));
            return fields;
        }

        foreach (string unknown in json.EnumerateObject().Select(property => property.Name).Where(name => name != further && !Known.Contains(name)).Distinct().Take(MaxUnknown))
        {
            fields.Refuse(
                unknown.Length <= MaxEchoed ? unknown : unknown[..MaxEchoed], "unknown",
                $"Leave it out, or correct its name: {string.Join(", ", further is null ? Known : [further, .. Known])}.");
        }

        foreach (JsonProperty property in json.EnumerateObject().Where(property => Known.Contains(property.Name) || (property.Name == further && IsList(further))))
        {
            fields._values[property.Name] = BodyValues.Of(fields, property.Name, property.Value, IsList(property.Name));
        }

        return fields;
    }

    /// <summary>Whether the field was sent.</summary>
    public bool Has(string name) => _values.TryGetValue(name, out string[]? values) && values.Length > 0;

    /// <summary>A text, or null when absent.</summary>
    public string? Text(string name)
    {
        if (!_values.TryGetValue(name, out string[]? values) || values.Length == 0 || values[0].Length == 0)
        {
            return null;
        }

        if (values.Length == 1 && values[0].Length <= MaxText)
        {
            return values[0];
        }

        Refuse(name, "given several times, or too long", $"Send one text of at most {MaxText} characters.");
        return null;
    }

    /// <summary>An identity, or null when absent.</summary>
    public string? Id(string name)
    {
        string? text = Text(name);
        if (text is null || Identity.IsValid(text))
        {
            return text;
        }

        Refuse(name, "no identity", $"Send a text of 1 to {Identity.MaxLength} characters without control characters.");
        return null;
    }

    /// <summary>A list of identities; empty when absent.</summary>
    public IReadOnlyList<ProductId> Ids(string name)
    {
        string[] values = List(name);
        if (values.Length == 0)
        {
            return [];
        }

        if (Array.TrueForAll(values, Identity.IsValid))
        {
            return [.. values.Distinct().Select(value => new ProductId(value))];
        }

        Refuse(name, "holds something that is no identity", $"Send texts of 1 to {Identity.MaxLength} characters.");
        return [];
    }

    /// <summary>A set of names; empty when absent.</summary>
    public IReadOnlySet<string> Names(string name) => List(name) is { Length: > 0 } values ? values.ToHashSet(StringComparer.Ordinal) : NoNames;

    /// <summary>A whole number within bounds, or the default when absent or wrong.</summary>
    public int Whole(string name, int min, int max, int absent)
    {
        if (Text(name) is not { } text)
        {
            return absent;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int whole) && whole >= min && whole <= max)
        {
            return whole;
        }

        Refuse(name, $"no whole number from {min} to {max}", $"Send a whole number from {min} to {max}, or leave it out.");
        return absent;
    }

    /// <summary>A price, or null when absent or wrong.</summary>
    public decimal? Price(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal price) && price <= 1_000_000_000_000m)
        {
            return price;
        }

        Refuse(name, "no price", "Send a plain number of at least 0, such as 12.50.");
        return null;
    }

    /// <summary>A ratio, or null when absent or wrong.</summary>
    public decimal? Ratio(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal ratio) && ratio <= MaxRatio)
        {
            return ratio;
        }

        Refuse(name, "no ratio", $"Send a plain number from 0 to {MaxRatio}, such as 0.85.");
        return null;
    }

    /// <summary>Numbers by name, from <c>name:number</c> entries; empty when absent or wrong.</summary>
    public IReadOnlyDictionary<string, int> Counts(string name, int most)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (string entry in List(name))
        {
            int colon = entry.LastIndexOf(':');
            bool isGood = colon > 0 && counts.Count < MaxCounts
                && int.TryParse(entry.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= 1 && count <= most
                && counts.TryAdd(entry[..colon], count);
            if (!isGood)
            {
                Refuse(name, "an entry that is no name:number, a name twice, or too many", $"Send at most {MaxCounts} entries such as "
                    + $"Kitchen:2, each number from 1 to {most}.");
                return new Dictionary<string, int>();
            }
        }

        return counts;
    }

    /// <summary>A yes or no, or null when absent or wrong.</summary>
    public bool? Flag(string name)
    {
        switch (Text(name))
        {
            case null:
                return null;
            case "true" or "True" or "1":
                return true;
            case "false" or "False" or "0":
                return false;
            default:
                Refuse(name, "neither true nor false", "Send true or false.");
                return null;
        }
    }

    public void Refuse(string field, string problem, string remedy) => Problems.Add(new FieldProblem(_place + field, problem, remedy));

    private static bool IsList(string name) => name is "cart" or "exclude" or "product_ids" or "categories" or "exclude_categories" or "brands"
        or "exclude_brands" or "tags" or "exclude_tags" or "repeat_categories" or "min_per_category" or "min_per_brand";

    private string[] List(string name)
    {
        string[] values = _values.GetValueOrDefault(name) ?? [];
        if (values.Length <= MaxList && Array.TrueForAll(values, value => value.Length <= MaxText))
        {
            return values;
        }

        Refuse(name, "too many or too long entries", $"Send at most {MaxList} texts of at most {MaxText} characters.");
        return [];
    }
}
