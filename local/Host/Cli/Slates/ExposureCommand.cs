using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Aisle.Host.Output;

namespace Aisle.Host.Cli.Slates;

/// <summary><c>exposure</c>: which new products were shown as often as promised, and what stood in the way of the others.</summary>
internal sealed class ExposureCommand(CommonOptions common, Screen screen)
{
    private readonly Option<int> _days = new("--days")
    {
        Description = "How many days back a product may have been new, 1 to 90.",
        DefaultValueFactory = _ => 14,
    };

    /// <summary>The command.</summary>
    public Command Build()
    {
        Command command = new("exposure", "Show which new products were shown as often as promised, and why the others were not.") { _days };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using ShopConnection shop = await ShopConnection.OpenAsync(common.FolderOf(parsed), cancellationToken);
            string days = parsed.GetValue(_days).ToString(CultureInfo.InvariantCulture);
            using JsonDocument answer = await shop.AskAsync(HttpMethod.Get, $"v1/exposure?days={Uri.EscapeDataString(days)}", null, cancellationToken);
            JsonText.Show(screen, answer.RootElement);
            return 0;
        });
        return command;
    }
}
