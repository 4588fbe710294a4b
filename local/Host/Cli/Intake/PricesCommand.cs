using System.CommandLine;
using System.Text.Json;
using Aisle.Host.Output;

namespace Aisle.Host.Cli.Intake;

/// <summary><c>prices PRODUCT</c>: what a product cost when.</summary>
internal sealed class PricesCommand(CommonOptions common, Screen screen)
{
    private readonly Argument<string> _product = new("product") { Description = "The shop's own id of the product; also of one that has left." };

    /// <summary>The command with its argument.</summary>
    public Command Build()
    {
        Command command = new("prices", "Show what a product cost when, and whether it could be bought.") { _product };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using ShopConnection shop = await ShopConnection.OpenAsync(common.FolderOf(parsed), cancellationToken);
        using JsonDocument prices = await shop.AskAsync(
            HttpMethod.Get, $"v1/products/{Uri.EscapeDataString(parsed.GetRequiredValue(_product))}/prices", null, cancellationToken);
        JsonText.Show(screen, prices.RootElement);
        return 0;
    }
}
