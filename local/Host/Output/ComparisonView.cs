using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Aisle.Host.Output;

/// <summary>The comparison of a run as a table: popularity, each source alone and the hybrid, on the same held-out shoppers.</summary>
internal static class ComparisonView
{
    private static readonly (string Title, string Field)[] Columns =
    [
        ("Precision", "precision"), ("Recall", "recall"), ("NDCG", "ndcg"), ("MAP", "average_precision"), ("Hit rate", "hit_rate"),
        ("Coverage", "coverage"), ("(attainable)", "coverage_ceiling"), ("Diversity", "intra_list_diversity"),
    ];

    /// <summary>Prints the run's comparison, or that it has none and why.</summary>
    public static void Print(Screen screen, JsonElement run)
    {
        if (!run.TryGetProperty("evaluation", out JsonElement evaluation) || evaluation.ValueKind != JsonValueKind.Object)
        {
            screen.Line(run.TryGetProperty("kind", out JsonElement kind) && kind.GetString() == "content"
                ? "No comparison: the factors are those of the model before."
                : "No comparison: too few shoppers came back in the last days to judge by.");
            return;
        }

        Table table = new() { Border = TableBorder.Minimal };
        table.AddColumn("Model");
        foreach ((string title, _) in Columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(title)).RightAligned());
        }

        foreach (JsonElement model in evaluation.GetProperty("models").EnumerateArray())
        {
            table.AddRow([model.GetProperty("model").GetString()!, .. Columns.Select(column => Cell(model.GetProperty(column.Field)))]);
        }

        screen.Line($"Trained before the last days, judged by what {evaluation.GetProperty("judged_users").GetRawText()} shoppers did in "
            + $"them; all figures at {evaluation.GetProperty("k").GetRawText()}:");
        screen.Console.Write(table);
    }

    private static string Cell(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetDouble().ToString("0.0000", CultureInfo.InvariantCulture) : "n/a";
}
