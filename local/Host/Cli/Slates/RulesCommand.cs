using System.CommandLine;
using System.Text.Json;
using Aisle.Host.Output;

namespace Aisle.Host.Cli.Slates;

/// <summary><c>rules show|lint|set</c>: the merchandisers' rules, what is wrong with them, and a change.</summary>
internal sealed class RulesCommand(CommonOptions common, Screen screen)
{
    /// <summary>The command with its commands; without one it shows.</summary>
    public Command Build()
    {
        Argument<FileInfo> file = new("file") { Description = "A JSON file as docs/merchandising.md describes it." };
        Command show = new("show", "Show the rules that hold, and what the linter says about them.");
        Command lint = new("lint", "Check rules without changing anything.") { file };
        Command set = new("set", "Check rules and let them hold.") { file };
        show.SetAction(ShowAsync);
        lint.SetAction((parsed, cancellationToken) => PutAsync(parsed, "v1/rules?dry_run=true", parsed.GetRequiredValue(file), cancellationToken));
        set.SetAction((parsed, cancellationToken) => PutAsync(parsed, "v1/rules", parsed.GetRequiredValue(file), cancellationToken));
        Command command = new("rules", "The merchandisers' rules (pin, boost, bury, block): show, lint, set.") { show, lint, set };
        command.SetAction(ShowAsync);
        return command;
    }

    private Task<int> ShowAsync(ParseResult parsed, CancellationToken cancellationToken) => AskAsync(parsed, HttpMethod.Get, "v1/rules", null, cancellationToken);

    private Task<int> PutAsync(ParseResult parsed, string path, FileInfo file, CancellationToken cancellationToken) => file.Exists
        ? AskAsync(parsed, HttpMethod.Put, path, File.ReadAllText(file.FullName), cancellationToken)
        : throw new UsageException("file", $"there is no file {file.FullName}", "Name a JSON file as docs/merchandising.md describes it.");

    private async Task<int> AskAsync(ParseResult parsed, HttpMethod method, string path, string? body, CancellationToken cancellationToken)
    {
        await using ShopConnection shop = await ShopConnection.OpenAsync(common.FolderOf(parsed), cancellationToken);
        using JsonDocument answer = await shop.AskAsync(method, path, body, cancellationToken);
        JsonText.Show(screen, answer.RootElement);
        return 0;
    }
}
