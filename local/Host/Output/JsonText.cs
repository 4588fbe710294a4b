using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Aisle.Host.Output;

/// <summary>Shows an answer of the API to people: objects as lines, lists of objects as tables.</summary>
internal static class JsonText
{
    /// <summary>Shows the value.</summary>
    /// <param name="screen">Where.</param>
    /// <param name="value">An object or a list.</param>
    public static void Show(Screen screen, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                ShowObject(screen, value);
                break;
            case JsonValueKind.Array:
                ShowTable(screen, value);
                break;
            default:
                screen.Line(Text(value));
                break;
        }
    }

    /// <summary>The value on one line.</summary>
    public static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() ?? "",
        JsonValueKind.Null or JsonValueKind.Undefined => "–",
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Text)),
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(member => $"{Words(member.Name)} {Text(member.Value)}")),
        JsonValueKind.Number => Number(value),
        _ => value.GetRawText(),
    };

    // Four digits are enough to read; what is smaller keeps its order of magnitude.
    private static string Number(JsonElement value)
    {
        double number = value.GetDouble();
        string format = number != 0 && Math.Abs(number) < 0.0001 ? "0.0E+0" : "0.####";
        return number.ToString(format, CultureInfo.InvariantCulture);
    }

    private static void ShowObject(Screen screen, JsonElement value)
    {
        foreach (JsonProperty member in value.EnumerateObject())
        {
            Show(screen, member);
        }
    }

    private static void Show(Screen screen, JsonProperty member)
    {
        if (IsListOf(member.Value, JsonValueKind.Object))
        {
            screen.Line(Words(member.Name) + ":");
            ShowTable(screen, member.Value);
        }
        else if (IsListOf(member.Value, JsonValueKind.String))
        {
            screen.Line(Words(member.Name) + ":");
            foreach (JsonElement line in member.Value.EnumerateArray())
            {
                screen.Line("  " + Text(line));
            }
        }
        else
        {
            screen.Line($"{Words(member.Name)}: {Text(member.Value)}");
        }
    }

    private static bool IsListOf(JsonElement value, JsonValueKind kind) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value[0].ValueKind == kind;

    private static void ShowTable(Screen screen, JsonElement rows)
    {
        string[] columns = [.. rows.EnumerateArray().Where(row => row.ValueKind == JsonValueKind.Object)
            .SelectMany(row => row.EnumerateObject().Select(member => member.Name)).Distinct()];
        Table table = new() { Border = TableBorder.Minimal };
        for (int i = 0; i < columns.Length; i++)
        {
            table.AddColumn(new TableColumn(Markup.Escape(Words(columns[i]))) { NoWrap = i == 0 }); // the first one names the row
        }

        foreach (JsonElement row in rows.EnumerateArray())
        {
            table.AddRow([.. columns.Select(column => Markup.Escape(row.TryGetProperty(column, out JsonElement cell) ? Text(cell) : ""))]);
        }

        screen.Console.Write(table);
    }

    private static string Words(string name) => name.Replace('_', ' ');
}
