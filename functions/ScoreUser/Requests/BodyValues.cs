using System.Text.Json;

namespace Aisle.ScoreUser.Requests;

/// <summary>The values of a JSON body as the fields of a request want them. A number is no text and a text no list: whoever sends one for the other means something that nobody can guess.</summary>
internal static class BodyValues
{
    private const int MaxNamed = 20;

    private static readonly string[] Texts = ["user_id", "assignment_id", "surface", "product_id", "age_bracket", "location", "device_type"];

    /// <summary>The values of one field; none where it is null or of the wrong kind.</summary>
    /// <param name="fields">Told what is of the wrong kind.</param>
    /// <param name="name">The field.</param>
    /// <param name="value">What the body says.</param>
    /// <param name="isList">Whether the field is a list of texts.</param>
    public static string[] Of(RequestFields fields, string name, JsonElement value, bool isList) => value.ValueKind switch
    {
        JsonValueKind.Null => [],
        JsonValueKind.Array when isList => ListOf(fields, name, value),
        _ when isList => Refused(fields, name, value, "a list of texts", "Send a list of texts, such as [\"P00042\"]."),
        JsonValueKind.String => [value.GetString()!],
        _ when Texts.Contains(name) => Refused(fields, name, value, "a text", "Send one text, in quotation marks."),
        JsonValueKind.Object or JsonValueKind.Array => Refused(fields, name, value, "one value", "Send one number, or true or false."),
        _ => [value.GetRawText()],
    };

    private static string[] ListOf(RequestFields fields, string name, JsonElement list)
    {
        List<string> texts = [];
        int index = 0, named = 0;
        foreach (JsonElement entry in list.EnumerateArray())
        {
            if (entry.ValueKind == JsonValueKind.String)
            {
                texts.Add(entry.GetString()!);
            }
            else if (named++ < MaxNamed)
            {
                Refused(fields, $"{name}[{index}]", entry, "a text", "Send texts only, each in quotation marks.");
            }

            index++;
        }

        return named == 0 ? [.. texts] : [];
    }

    private static string[] Refused(RequestFields fields, string name, JsonElement value, string wanted, string remedy)
    {
        fields.Refuse(name, $"{KindOf(value)} where {wanted} is wanted", remedy);
        return [];
    }

    private static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        _ => "null",
    };
}
