using System.CommandLine;
using System.Text.Json;
using Aisle.Host.Output;

namespace Aisle.Host.Cli.Slates;

/// <summary><c>slates replay ID</c>: a logged slate made again, with each decision.</summary>
internal sealed class SlatesCommand(CommonOptions common, Screen screen)
{
    private readonly Argument<string> _id = new("id") { Description = "The slate_id of an answer." };

    /// <summary>The command with its commands.</summary>
    public Command Build()
    {
        Command replay = new("replay", "Make a logged slate again: is it the same, what changed since, and why each product stands where it does.") { _id };
        replay.SetAction(async (parsed, cancellationToken) =>
        {
            await using ShopConnection shop = await ShopConnection.OpenAsync(common.FolderOf(parsed), cancellationToken);
            using JsonDocument answer = await shop.AskAsync(HttpMethod.Get, $"v1/slates/{Uri.EscapeDataString(parsed.GetRequiredValue(_id))}/replay", null, cancellationToken);
            JsonText.Show(screen, answer.RootElement);
            return 0;
        });
        return new Command("slates", "Slates that were shown: replay.") { replay };
    }
}
