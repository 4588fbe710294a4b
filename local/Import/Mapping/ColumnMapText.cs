using System.Text.Json;

namespace Aisle.Local.Import.Mapping;

/// <summary>Reads a column map as the command line gives it:
/// <c>user=customer,product=sku,time=bought_at,type='purchase',type:buy=purchase</c>, or a JSON file of the same.</summary>
public static class ColumnMapText
{
    private const string Remedy = "Write field=column pairs with commas between them, such as user=customer,product=sku,time=when,type='purchase'.";

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["id"] = "event_id",
        ["user"] = "user_id",
        ["visitor"] = "assignment_id",
        ["product"] = "product_id",
        ["item"] = "product_id",
        ["type"] = "event_type",
        ["time"] = "event_timestamp",
        ["timestamp"] = "event_timestamp",
        ["session"] = "session_id",
        ["order"] = "order_id",
        ["slate"] = "slate_id",
        ["image"] = "image_url",
        ["name"] = "title",
    };

    /// <summary>The map.</summary>
    /// <param name="text">Pairs, or the path of a JSON file whose name ends in <c>.json</c>.</param>
    /// <param name="fields">The fields that may be mapped.</param>
    /// <exception cref="DatasetFormatException">It cannot be read, or names a field that there is not.</exception>
    public static ColumnMap Read(string text, IReadOnlyList<string> fields)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Build(text.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? Pairs(text) : Split(text).Select(Pair), fields);
    }

    private static ColumnMap Build(IEnumerable<(string Field, string Column)> pairs, IReadOnlyList<string> fields)
    {
        Dictionary<string, string> columns = [];
        Dictionary<string, string> constants = [];
        Dictionary<string, string> types = new(StringComparer.OrdinalIgnoreCase);
        string? timeFormat = null;
        foreach ((string name, string value) in pairs)
        {
            string field = Aliases.GetValueOrDefault(name, name);
            if (name.StartsWith("type:", StringComparison.OrdinalIgnoreCase))
            {
                types[name["type:".Length..]] = value.Trim('\'');
            }
            else if (name is "time_format")
            {
                timeFormat = value.Trim('\'');
            }
            else if (!fields.Contains(field))
            {
                throw new DatasetFormatException($"The map names the field '{name}', which there is not. Use some of {string.Join(", ", fields)}.");
            }
            else
            {
                (value is ['\'', .., '\''] ? constants : columns)[field] = value.Trim('\'');
            }
        }

        return new ColumnMap { Columns = columns, Constants = constants, Types = types, TimeFormat = timeFormat };
    }

    /// <summary>Splits at commas outside quotes.</summary>
    private static IEnumerable<string> Split(string text)
    {
        int start = 0;
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            isQuoted ^= text[i] == '\'';
            if (text[i] == ',' && !isQuoted)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }

    private static (string Field, string Column) Pair(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && equals < text.Length - 1
            ? (text[..equals].Trim(), text[(equals + 1)..].Trim())
            : throw new DatasetFormatException($"The map has '{text}', which is no field=column. {Remedy}");
    }

    private static List<(string Field, string Column)> Pairs(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return [.. document.RootElement.EnumerateObject().Select(member => (member.Name, member.Value.GetString()!))];
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            throw new DatasetFormatException($"The map {path} cannot be read ({broken.Message.TrimEnd('.')}). Write a JSON object of "
                + $"texts, such as {{\"user\":\"customer\",\"type\":\"'purchase'\"}}.");
        }
    }
}
