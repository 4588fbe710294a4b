using System.CommandLine;
using System.Text.Json;
using Aisle.Host.Output;

namespace Aisle.Host.Cli.Models;

/// <summary><c>guard</c>: check how fresh the serving model is.</summary>
internal sealed class GuardCommand(CommonOptions common, Screen screen)
{
    /// <summary>The command with its options.</summary>
    public Command Build()
    {
        Command command = new("guard", "Check how fresh the serving model is.");
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using ShopConnection shop = await ShopConnection.OpenAsync(common.FolderOf(parsed), cancellationToken);
        using JsonDocument answer = await shop.AskAsync(HttpMethod.Post, "v1/guard", null, cancellationToken);
        JsonText.Show(screen, answer.RootElement);
        return 0;
    }
}
