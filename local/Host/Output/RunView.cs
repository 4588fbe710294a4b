using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Aisle.Host.Output;

/// <summary>Runs as tables.</summary>
internal static class RunView
{
    /// <summary>A line for each run.</summary>
    public static void PrintList(Screen screen, JsonElement runs)
    {
        Table table = Make("Run", "Kind", "State", "Model", "Started", "Took", "Why");
        foreach (JsonElement run in runs.EnumerateArray())
        {
            table.AddRow([.. new[]
            {
                Text(run, "id"), Text(run, "kind"), Text(run, "state"), Text(run, "model_version"), Text(run, "started_at"), Took(run),
                run.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()).FirstOrDefault() ?? "",
            }.Select(Markup.Escape)]);
        }

        screen.Console.Write(table);
    }

    /// <summary>One run with its steps, its comparison and its reasons.</summary>
    public static void Print(Screen screen, JsonElement run)
    {
        screen.Line($"Run {Text(run, "id")}: {Text(run, "state")}, model {Text(run, "model_version")}, as of {Text(run, "as_of")}.");
        Table table = Make("Step", "State", "Done", "Took", "Counts");
        foreach (JsonElement step in run.GetProperty("steps").EnumerateArray())
        {
            string counts = string.Join(", ", step.GetProperty("counts").EnumerateObject()
                .Where(count => !count.Name.Contains("worst.", StringComparison.Ordinal)).Select(count => $"{count.Name.Replace('_', ' ')} {JsonText.Text(count.Value)}"));
            string progress = step.GetProperty("progress").GetDouble().ToString("P0", CultureInfo.InvariantCulture);
            table.AddRow([.. new[] { Text(step, "name"), Text(step, "state"), progress, Took(step), counts }.Select(Markup.Escape)]);
        }

        screen.Console.Write(table);
        ComparisonView.Print(screen, run);
        foreach (JsonElement reason in run.GetProperty("reasons").EnumerateArray())
        {
            screen.Line(reason.GetString() ?? "");
        }
    }

    private static Table Make(params string[] columns)
    {
        Table table = new() { Border = TableBorder.Minimal };
        for (int i = 0; i < columns.Length; i++)
        {
            table.AddColumn(new TableColumn(columns[i]) { NoWrap = i == 0 });
        }

        return table;
    }

    private static string Text(JsonElement value, string name) => JsonText.Text(value.GetProperty(name));

    private static string Took(JsonElement value) =>
        value.GetProperty("started_at").ValueKind == JsonValueKind.String && value.GetProperty("ended_at").ValueKind == JsonValueKind.String
            ? string.Create(CultureInfo.InvariantCulture, $"{(value.GetProperty("ended_at").GetDateTimeOffset() - value.GetProperty("started_at").GetDateTimeOffset()).TotalSeconds:0.0} s")
            : "–";
}
