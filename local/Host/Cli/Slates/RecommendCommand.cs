using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Aisle.Host.Output;
using Spectre.Console;

namespace Aisle.Host.Cli.Slates;

/// <summary><c>recommend USER</c>: one slate, with names, prices and reasons.</summary>
internal sealed class RecommendCommand(CommonOptions common, Screen screen)
{
    private readonly Argument<string> _user = new("user") { Description = "The shop's own id of the shopper; an unknown one gets what strangers get." };
    private readonly Option<int> _limit = new("--limit") { Description = "How many products.", DefaultValueFactory = _ => 10 };
    private readonly Option<string> _surface = new("--surface") { Description = "Which shelf, such as home or trending.", DefaultValueFactory = _ => "home" };
    private readonly Option<bool> _json = new("--json") { Description = "Print the API's answer as it is." };

    private readonly Option<bool> _log = new("--log") { Description = "Count the slate as shown: it is logged, exposes the shopper to experiments and can be replayed. Without it nothing is." };
    private readonly Option<bool> _explain = new("--explain") { Description = "Print the API's answer with the trace of each decision." };

    /// <summary>The command with its options.</summary>
    public Command Build()
    {
        Command command = new("recommend", "Show what a shopper would be shown.") { _user, _limit, _surface, _json, _explain, _log };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using ShopConnection shop = await ShopConnection.OpenAsync(common.FolderOf(parsed), cancellationToken);
        bool isExplained = parsed.GetValue(_explain);
        string path = string.Create(
            CultureInfo.InvariantCulture,
            $"v1/recommendations?user_id={Uri.EscapeDataString(parsed.GetRequiredValue(_user))}&limit={parsed.GetValue(_limit)}"
            + $"&surface={Uri.EscapeDataString(parsed.GetRequiredValue(_surface))}{(isExplained ? "&explain=true" : "")}{(parsed.GetValue(_log) ? "" : "&preview=true")}");
        using JsonDocument slate = await shop.AskAsync(HttpMethod.Get, path, null, cancellationToken);
        if (isExplained)
        {
            JsonText.Show(screen, slate.RootElement);
            return 0;
        }

        if (parsed.GetValue(_json))
        {
            screen.Line(slate.RootElement.GetRawText());
            return 0;
        }

        Show(slate.RootElement);
        return 0;
    }

    private void Show(JsonElement slate)
    {
        Table table = new() { Border = TableBorder.Minimal };
        table.AddColumns("#", "Product", "Title", "Brand", "Category", "Price", "Score", "Slot", "Reason");
        foreach (JsonElement item in slate.GetProperty("items").EnumerateArray())
        {
            table.AddRow([.. Cells(item).Select(Markup.Escape)]);
        }

        screen.Line($"strategy {Field(slate, "strategy")}, model {Field(slate, "model_version")}, slate {Field(slate, "slate_id")}");
        screen.Console.Write(table);
        ShowDegradations(slate);

        if (slate.TryGetProperty("shortfall", out JsonElement shortfall) && shortfall.ValueKind == JsonValueKind.Object)
        {
            screen.Line("shortfall: " + JsonText.Text(shortfall));
        }
    }

    private static string[] Cells(JsonElement item) =>
    [
        Field(item, "rank"), Field(item, "product_id"), Field(item, "title"), Field(item, "brand"), Field(item, "category"),
        $"{Field(item, "price")} {Field(item, "currency")}".Replace("– –", "–"), Score(item), Field(item, "slot"), Reason(item),
    ];

    private static string Score(JsonElement item) =>
        item.TryGetProperty("score", out JsonElement score) && score.ValueKind == JsonValueKind.Number
            ? score.GetDouble().ToString("0.000", CultureInfo.InvariantCulture)
            : "–";

    private static string Reason(JsonElement item) =>
        item.TryGetProperty("reason", out JsonElement reason) && reason.ValueKind == JsonValueKind.Object ? Field(reason, "text") : "–";

    private static string Field(JsonElement value, string name) =>
        value.TryGetProperty(name, out JsonElement member) ? JsonText.Text(member) : "–";

    private void ShowDegradations(JsonElement slate)
    {
        if (!slate.TryGetProperty("degradations", out JsonElement degradations))
        {
            return;
        }

        foreach (JsonElement degradation in degradations.EnumerateArray())
        {
            screen.Line($"degraded: {Field(degradation, "stage")}: {Field(degradation, "reason")}");
        }
    }
}
