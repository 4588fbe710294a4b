using System.CommandLine;
using System.Text.Json;
using Aisle.Host.Output;

namespace Aisle.Host.Cli.Models;

/// <summary><c>runs list|show|watch|cancel</c>: what trainings did, what one does now, and how to stop it.</summary>
internal sealed class RunsCommand(CommonOptions common, Screen screen)
{
    private readonly Argument<string> _run = new("run") { Description = "A run, as runs list shows it." };

    /// <summary>The command with its commands.</summary>
    public Command Build()
    {
        Command command = new("runs", "Trainings: list, show, watch, cancel.");
        command.Subcommands.Add(Make("list", "List the latest runs, newest first.", async (shop, _, token) =>
        {
            using JsonDocument answer = await shop.AskAsync(HttpMethod.Get, "v1/runs", null, token);
            RunView.PrintList(screen, answer.RootElement.GetProperty("runs"));
        }));
        command.Subcommands.Add(Make("show", "Show a run: its steps with their times, its comparison, and why it ended as it did.", async (shop, parsed, token) =>
        {
            using JsonDocument run = await shop.AskAsync(HttpMethod.Get, $"v1/runs/{Named(parsed)}", null, token);
            RunView.Print(screen, run.RootElement);
        }, _run));
        command.Subcommands.Add(Make("watch", "Watch a run to its end.", (shop, parsed, token) => new RunFollower(shop, screen).WatchAsync(parsed.GetRequiredValue(_run), token), _run));
        command.Subcommands.Add(Make("cancel", "Stop a run; the serving model stays.", async (shop, parsed, token) =>
        {
            using JsonDocument run = await shop.AskAsync(HttpMethod.Post, $"v1/runs/{Named(parsed)}/cancel", null, token);
            screen.Line($"Run {parsed.GetRequiredValue(_run)}: {run.RootElement.GetProperty("state").GetString()}. The serving model stays.");
        }, _run));
        return command;
    }

    private Command Make(string name, string description, Func<ShopConnection, ParseResult, CancellationToken, Task> run, params IEnumerable<Argument<string>> arguments)
    {
        Command command = new(name, description);
        foreach (Argument<string> argument in arguments)
        {
            command.Arguments.Add(argument);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using ShopConnection shop = await ShopConnection.OpenAsync(common.FolderOf(parsed), cancellationToken);
            await run(shop, parsed, cancellationToken);
            return 0;
        });
        return command;
    }

    private string Named(ParseResult parsed) => Uri.EscapeDataString(parsed.GetRequiredValue(_run));
}
