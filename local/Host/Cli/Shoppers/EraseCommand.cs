using System.CommandLine;
using System.Text.Json;
using Aisle.Host.Output;
using Spectre.Console;

namespace Aisle.Host.Cli.Shoppers;

/// <summary><c>erase USER</c>: removes a person from all stores and says what was removed.</summary>
internal sealed class EraseCommand(CommonOptions common, Screen screen)
{
    private readonly Argument<string> _user = new("user") { Description = "The shop's own id of the shopper." };
    private readonly Option<bool> _yes = new("--yes") { Description = "Do not ask back." };

    /// <summary>The command with its options.</summary>
    public Command Build()
    {
        Command command = new("erase", "Remove a shopper from all stores, for good.") { _user, _yes };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string user = parsed.GetRequiredValue(_user);
        await using ShopConnection shop = await ShopConnection.OpenAsync(common.FolderOf(parsed), cancellationToken);
        await ConfirmAsync(parsed, user, cancellationToken);
        using JsonDocument answer = await shop.AskAsync(HttpMethod.Delete, $"v1/users/{Uri.EscapeDataString(user)}", null, cancellationToken);
        JsonText.Show(screen, answer.RootElement);
        return 0;
    }

    private async Task ConfirmAsync(ParseResult parsed, string user, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_yes))
        {
            return;
        }

        UsageException unconfirmed = new("--yes", "erasing cannot be undone and was not confirmed", "Add --yes.");
        if (!screen.Console.Profile.Capabilities.Interactive)
        {
            throw unconfirmed;
        }

        if (!await screen.Console.ConfirmAsync(Markup.Escape($"Remove everything about {user}?"), defaultValue: false, cancellationToken))
        {
            throw unconfirmed;
        }
    }
}
