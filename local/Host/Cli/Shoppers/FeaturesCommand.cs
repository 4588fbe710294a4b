using System.CommandLine;
using System.Text.Json;
using Aisle.Host.Output;

namespace Aisle.Host.Cli.Shoppers;

/// <summary><c>features USER</c>: what the shop knows of a shopper at this moment.</summary>
internal sealed class FeaturesCommand(CommonOptions common, Screen screen)
{
    private readonly Argument<string> _user = new("user") { Description = "The shop's own id of the user or visitor." };

    /// <summary>The command with its argument.</summary>
    public Command Build()
    {
        Command command = new("features", "Show a shopper's features as the next slate would use them.") { _user };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using ShopConnection shop = await ShopConnection.OpenAsync(common.FolderOf(parsed), cancellationToken);
        using JsonDocument features = await shop.AskAsync(
            HttpMethod.Get, $"v1/users/{Uri.EscapeDataString(parsed.GetRequiredValue(_user))}/features", null, cancellationToken);
        JsonText.Show(screen, features.RootElement);
        return 0;
    }
}
