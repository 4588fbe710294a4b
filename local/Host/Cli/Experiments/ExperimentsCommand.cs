using System.CommandLine;
using System.Text.Json;
using Aisle.Host.Output;

namespace Aisle.Host.Cli.Experiments;

/// <summary><c>experiments</c>: list, show, create, stop and review experiments; calibrate their tests and estimate
/// policies before they run.</summary>
internal sealed class ExperimentsCommand(CommonOptions common, Screen screen)
{
    /// <summary>The command with its sub-commands.</summary>
    public Command Build()
    {
        Argument<string> key = new("experiment") { Description = "The experiment's key." };
        Argument<FileInfo> file = new("file") { Description = "A JSON file as POST /v1/experiments takes it." };
        Command command = new("experiments", "List the experiments.")
        {
            Sub("list", "List the experiments.", [], _ => (HttpMethod.Get, "v1/experiments", null)),
            Sub("show", "Show one experiment.", [key], parsed => (HttpMethod.Get, PathOf(parsed.GetRequiredValue(key)), null)),
            Sub("create", "Create an experiment from a file.", [file], parsed => (HttpMethod.Post, "v1/experiments", Content(parsed.GetRequiredValue(file)))),
            Sub("stop", "Stop an experiment: nobody is assigned any more.", [key], parsed =>
                (HttpMethod.Patch, PathOf(parsed.GetRequiredValue(key)), "{\"state\":\"stopped\"}")),
            Sub("review", "Judge every experiment and alert of what is wrong or decided, as the schedule does daily.", [], _ => (HttpMethod.Post, "v1/experiments/review", null)),
        };
        command.Subcommands.Add(new CalibrateCommand(common, screen).Build());
        command.Subcommands.Add(new EstimateCommand(common, screen).Build());
        command.SetAction((parsed, cancellationToken) => AskAsync(parsed, HttpMethod.Get, "v1/experiments", null, cancellationToken));
        return command;
    }

    private Command Sub(string name, string description, Argument[] arguments, Func<ParseResult, (HttpMethod Method, string Path, string? Body)> request)
    {
        Command command = new(name, description);
        Array.ForEach(arguments, command.Arguments.Add);
        command.SetAction((parsed, cancellationToken) =>
        {
            (HttpMethod method, string path, string? body) = request(parsed);
            return AskAsync(parsed, method, path, body, cancellationToken);
        });
        return command;
    }

    private async Task<int> AskAsync(ParseResult parsed, HttpMethod method, string path, string? body, CancellationToken cancellationToken)
    {
        await using ShopConnection shop = await ShopConnection.OpenAsync(common.FolderOf(parsed), cancellationToken);
        using JsonDocument answer = await shop.AskAsync(method, path, body, cancellationToken);
        JsonText.Show(screen, answer.RootElement);
        return 0;
    }

    private static string PathOf(string key) => $"v1/experiments/{Uri.EscapeDataString(key)}";

    private static string Content(FileInfo file) => file.Exists
        ? File.ReadAllText(file.FullName)
        : throw new UsageException("file", $"there is no file {file.FullName}", "Name a JSON file as POST /v1/experiments takes it.");
}
