using System.CommandLine;
using System.Text.Json;
using Aisle.Host.Output;

namespace Aisle.Host.Cli;

/// <summary><c>experiments</c>: list the experiments.</summary>
internal sealed class ExperimentsCommand(CommonOptions common, Screen screen)
{
    /// <summary>The command with its options.</summary>
    public Command Build()
    {
        Command command = new("experiments", "List the experiments.");
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using ShopConnection shop = await ShopConnection.OpenAsync(common.FolderOf(parsed), cancellationToken);
        using JsonDocument answer = await shop.AskAsync(HttpMethod.Get, "v1/experiments", null, cancellationToken);
        JsonText.Show(screen, answer.RootElement);
        return 0;
    }
}
