using System.CommandLine;
using System.Text.Json;
using Aisle.Host.Output;

namespace Aisle.Host.Cli.Models;

/// <summary><c>evaluate</c>: the comparison of the latest run that was judged.</summary>
internal sealed class EvaluateCommand(CommonOptions common, Screen screen)
{
    /// <summary>The command.</summary>
    public Command Build()
    {
        Command command = new("evaluate", "Show how the latest model compares with popularity and with its own parts.");
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using ShopConnection shop = await ShopConnection.OpenAsync(common.FolderOf(parsed), cancellationToken);
        using JsonDocument answer = await shop.AskAsync(HttpMethod.Get, "v1/runs", null, cancellationToken);
        JsonElement judged = answer.RootElement.GetProperty("runs").EnumerateArray()
            .FirstOrDefault(run => run.GetProperty("evaluation").ValueKind == JsonValueKind.Object);
        if (judged.ValueKind == JsonValueKind.Undefined)
        {
            throw new UsageException("evaluate", "no run has been judged yet", "A retrain judges its model as soon as shoppers come back: "
                + "20 of them within the last days of the history, as retrain.json says. Run aisle retrain when there are.");
        }

        screen.Line($"Run {judged.GetProperty("id").GetString()}, model {judged.GetProperty("model_version").GetString()}, "
            + $"{judged.GetProperty("state").GetString()}.");
        ComparisonView.Print(screen, judged);
        return 0;
    }
}
