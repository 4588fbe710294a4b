using System.Text.Json;
using Aisle.Local.Import.Files;
using Aisle.Local.Import.Reading;
using Aisle.Local.Import.Rows;

namespace Aisle.Local.Import.ShopExports;

/// <summary>The event export of Google Analytics 4, as BigQuery writes the tables <c>events_YYYYMMDD</c> to JSON Lines.</summary>
/// <remarks>view_item becomes view, select_item click, add_to_cart, remove_from_cart, purchase and refund themselves, one
/// event an item; page_view becomes page_view. The visit is ga_session_id of the visitor; a user_id is the shopper and
/// user_pseudo_id the visitor before login.</remarks>
public sealed class Ga4Importer : IDatasetImporter
{
    /// <inheritdoc/>
    public string Name => "ga4";

    /// <inheritdoc/>
    public bool Recognizes(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return head.FirstLine.StartsWith('{') && head.FirstLine.Contains("\"event_name\"", StringComparison.Ordinal) && head.FirstLine.Contains("\"user_pseudo_id\"", StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public IDatasetReading Open(DatasetFile file, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        FileHead head = new(file);
        if (head.Text.TrimStart() is not ['{', ..] and not [])
        {
            throw new DatasetFormatException($"{Name} is JSON Lines, one object a line; {file.Name} begins otherwise. Export the table "
                + "with bq extract --destination_format NEWLINE_DELIMITED_JSON.");
        }

        JsonRows rows = new(file.Text(options.Encoding));
        return new RowsReading(rows, new Ga4Reader(rows, new RowMaker(rows, options), options.Currency));
    }

    /// <summary>A parameter of an event, whichever type it has; empty when it is missing.</summary>
    internal static string Parameter(JsonElement row, string key)
    {
        if (!row.TryGetProperty("event_params", out JsonElement parameters) || parameters.ValueKind != JsonValueKind.Array)
        {
            return "";
        }

        foreach (JsonElement parameter in parameters.EnumerateArray())
        {
            if (Member(parameter, "key") == key && parameter.TryGetProperty("value", out JsonElement value) && value.ValueKind == JsonValueKind.Object)
            {
                return value.EnumerateObject().Select(member => JsonRows.TextOf(member.Value)).FirstOrDefault(text => text.Length > 0) ?? "";
            }
        }

        return "";
    }

    /// <summary>A member of an object as text; empty when it is missing.</summary>
    internal static string Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement member) ? JsonRows.TextOf(member).Trim() : "";
}
