using System.CommandLine;
using System.Text.Json;
using Aisle.Host.Output;

namespace Aisle.Host.Cli.Models;

/// <summary><c>models list|show|diff|promote|rollback</c>: the models that are kept, and the way back.</summary>
internal sealed class ModelsCommand(CommonOptions common, Screen screen)
{
    private readonly Argument<string> _version = new("version") { Description = "A version, as models list shows it." };
    private readonly Argument<string> _other = new("other") { Description = "The version to hold against it." };

    /// <summary>The command with its commands.</summary>
    public Command Build()
    {
        Command command = new("models", "The models that are kept: list, show, diff, promote, rollback.");
        command.Subcommands.Add(Make("list", "List the models; one of them serves.", HttpMethod.Get, _ => "v1/models"));
        command.Subcommands.Add(Make(
            "show", "Show a model's card: what it was trained on, how it did, whether its files are whole.",
            HttpMethod.Get, parsed => $"v1/models/{Named(parsed, _version)}", _version));
        command.Subcommands.Add(Make(
            "diff", "Show how the slates of two models differ.",
            HttpMethod.Get, parsed => $"v1/models/{Named(parsed, _version)}/diff/{Named(parsed, _other)}", _version, _other));
        command.Subcommands.Add(Make("promote", "Let a model that is kept serve.", HttpMethod.Post, parsed => $"v1/models/{Named(parsed, _version)}/promote", _version));
        command.Subcommands.Add(Make("rollback", "Let the model serve that served before.", HttpMethod.Post, _ => "v1/models/rollback"));
        return command;
    }

    private Command Make(string name, string description, HttpMethod method, Func<ParseResult, string> path, params IEnumerable<Argument<string>> arguments)
    {
        Command command = new(name, description);
        foreach (Argument<string> argument in arguments)
        {
            command.Arguments.Add(argument);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using ShopConnection shop = await ShopConnection.OpenAsync(common.FolderOf(parsed), cancellationToken);
            using JsonDocument answer = await shop.AskAsync(method, path(parsed), null, cancellationToken);
            JsonText.Show(screen, answer.RootElement);
            return 0;
        });
        return command;
    }

    private static string Named(ParseResult parsed, Argument<string> argument) => Uri.EscapeDataString(parsed.GetRequiredValue(argument));
}
