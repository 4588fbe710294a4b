using System.CommandLine;
using Aisle.Host.Output;

namespace Aisle.Host.Cli.Models;

/// <summary><c>retrain</c>: trains, judges and, if it is good enough, publishes a model.</summary>
internal sealed class RetrainCommand(CommonOptions common, Screen screen)
{
    private readonly Option<bool> _content = new("--content")
    {
        Description = "Only embed the catalogue anew, so that new products are "
            + "known; the factors stay."
    };
    private readonly Option<bool> _force = new("--force") { Description = "Train again although a run has ended today." };

    /// <summary>The command with its options.</summary>
    public Command Build()
    {
        Command command = new("retrain", "Train a model, compare it, and let it serve if it is good enough.") { _force, _content };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using ShopConnection shop = await ShopConnection.OpenAsync(common.FolderOf(parsed), cancellationToken);
        RunFollower follower = new(shop, screen);
        bool serves = await (parsed.GetValue(_content) ? follower.RefreshContentAsync(cancellationToken) : follower.RetrainAsync(parsed.GetValue(_force), cancellationToken));
        return serves ? 0 : 1;
    }
}
