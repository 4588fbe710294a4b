using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Aisle.Reranking.Rules;

/// <summary>Holds a JSON value against the shape that a type is written in, and names every field that does not fit: the serializer itself stops at the first.</summary>
internal static class RuleShape
{
    /// <summary>Adds what does not fit, each as <c>place: problem; remedy</c>.</summary>
    /// <param name="value">The value.</param>
    /// <param name="wanted">The shape, of <see cref="RuleJson"/>.</param>
    /// <param name="place">Where it stands, such as <c>rules[0].match</c>.</param>
    /// <param name="problems">Gathers what is wrong.</param>
    public static void Check(JsonElement value, JsonTypeInfo wanted, string place, List<string> problems)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            problems.Add($"{place}: null; remove it.");
        }
        else if (wanted.Kind == JsonTypeInfoKind.Object)
        {
            CheckObject(value, wanted, place, problems);
        }
        else if (wanted is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element })
        {
            CheckList(value, RuleJson.Default.GetTypeInfo(element)!, place, problems);
        }
        else if (!IsReadable(value, wanted))
        {
            problems.Add($"{place}: {KindOf(value)} is no value for it; {RemedyFor(wanted.Type)}.");
        }
    }

    private static void CheckObject(JsonElement value, JsonTypeInfo wanted, string place, List<string> problems)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            problems.Add($"{place}: {KindOf(value)} where an object is wanted; write {{…}} with the fields {string.Join(", ", wanted.Properties.Select(property => property.Name))}.");
            return;
        }

        foreach (JsonProperty field in value.EnumerateObject())
        {
            string at = $"{place}.{field.Name}";
            if (wanted.Properties.FirstOrDefault(property => property.Name == field.Name) is not { } known)
            {
                problems.Add($"{at}: there is no such field; correct its name or leave it out: {string.Join(", ", wanted.Properties.Select(property => property.Name))}.");
            }
            else if (field.Value.ValueKind != JsonValueKind.Null || !MayBeNull(known.PropertyType))
            {
                Check(field.Value, RuleJson.Default.GetTypeInfo(known.PropertyType)!, at, problems);
            }
        }
    }

    private static void CheckList(JsonElement value, JsonTypeInfo element, string place, List<string> problems)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            problems.Add($"{place}: {KindOf(value)} where a list is wanted; write […].");
            return;
        }

        foreach ((int index, JsonElement entry) in value.EnumerateArray().Index())
        {
            Check(entry, element, $"{place}[{index}]", problems);
        }
    }

    private static bool MayBeNull(Type type) => !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;

    private static bool IsReadable(JsonElement value, JsonTypeInfo wanted)
    {
        try
        {
            value.Deserialize(wanted);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "this text",
        JsonValueKind.Number => "this number",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        _ => value.GetRawText(),
    };

    private static string RemedyFor(Type wanted)
    {
        Type type = Nullable.GetUnderlyingType(wanted) ?? wanted;
        return type == typeof(string) ? "write a text, in quotation marks"
            : type == typeof(double) ? "write a number"
            : type == typeof(int) || type == typeof(long) ? "write a whole number"
            : type == typeof(DateTimeOffset) ? "write a time, such as 2026-11-20T00:00:00Z"
            : "write one of block, pin, bury, boost";
    }
}
