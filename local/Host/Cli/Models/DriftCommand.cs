using System.CommandLine;
using System.Text.Json;
using Aisle.Host.Output;

namespace Aisle.Host.Cli.Models;

/// <summary><c>drift</c>: hold what was shown and clicked on the last whole day against the days before it.</summary>
internal sealed class DriftCommand(CommonOptions common, Screen screen)
{
    /// <summary>The command with its options.</summary>
    public Command Build()
    {
        Command command = new("drift", "Hold what was shown and clicked on the last whole day against the days before it.");
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using ShopConnection shop = await ShopConnection.OpenAsync(common.FolderOf(parsed), cancellationToken);
        using JsonDocument answer = await shop.AskAsync(HttpMethod.Get, "v1/drift", null, cancellationToken);
        JsonText.Show(screen, answer.RootElement);
        return 0;
    }
}
