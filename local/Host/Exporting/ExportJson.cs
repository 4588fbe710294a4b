using System.Text.Json;
using Aisle.ScoreUser.Answering;

namespace Aisle.Host.Exporting;

/// <summary>A batch as the API shows it: a flat row for each place of a slate, and those who are left out.</summary>
internal static class ExportJson
{
    /// <summary>Writes the batch.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<ExportedSlate> slates)
    {
        json.WriteStartObject();
        json.WriteNumber("users", slates.Count);
        json.WriteString("last_user", slates.Count > 0 ? slates[^1].User : null);
        json.WriteStartArray("rows");
        foreach (ExportedSlate slate in slates.Where(slate => slate.Outcome is not null))
        {
            WriteRows(json, slate.User, slate.Outcome!);
        }

        json.WriteEndArray();
        json.WriteStartArray("left_out");
        foreach (ExportedSlate slate in slates.Where(slate => slate.LeftOut is not null))
        {
            json.WriteStartObject();
            json.WriteString("user_id", slate.User);
            json.WriteString("reason", slate.LeftOut);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRows(Utf8JsonWriter json, string user, ScoreOutcome outcome)
    {
        for (int place = 0; place < outcome.Slate.Items.Count; place++)
        {
            ShownProduct shown = outcome.Products[place];
            json.WriteStartObject();
            json.WriteString("user_id", user);
            json.WriteNumber("rank", place + 1);
            json.WriteString("product_id", shown.Product.Id.Value);
            json.WriteNumber("score", outcome.Slate.Items[place].Score);
            json.WriteString("title", shown.Product.Title);
            json.WriteString("category", shown.Product.Category);
            if (shown.PriceMinor is { } price)
            {
                json.WriteNumber("price_minor", price);
            }
            else
            {
                json.WriteNull("price_minor");
            }

            json.WriteString("currency", shown.Currency);
            json.WriteString("strategy", string.Join('+', outcome.Slate.Strategies));
            json.WriteString("model_version", outcome.Slate.ModelVersion);
            json.WriteEndObject();
        }
    }
}
