using System.CommandLine;
using System.Text.Json;
using Aisle.Host.Output;

namespace Aisle.Host.Cli.Shoppers;

/// <summary><c>retention [--apply]</c>: what is older than may be kept; a serving host removes it every night by itself.</summary>
internal sealed class RetentionCommand(CommonOptions common, Screen screen)
{
    private readonly Option<bool> _apply = new("--apply") { Description = "Remove it now; without this, only count it." };

    /// <summary>The command with its options.</summary>
    public Command Build()
    {
        Command command = new("retention", "Show how much is older than may be kept, or remove it now.") { _apply };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using ShopConnection shop = await ShopConnection.OpenAsync(common.FolderOf(parsed), cancellationToken);
        using JsonDocument answer = await shop.AskAsync(parsed.GetValue(_apply) ? HttpMethod.Post : HttpMethod.Get, "v1/retention", null, cancellationToken);
        JsonText.Show(screen, answer.RootElement);
        return 0;
    }
}
