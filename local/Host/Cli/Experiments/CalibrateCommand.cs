using System.CommandLine;
using System.Text.Json;
using Aisle.Host.Output;

namespace Aisle.Host.Cli.Experiments;

/// <summary><c>experiments calibrate EXPERIMENT</c>: how often the goals' tests cry wolf on the shop's own visitors.</summary>
internal sealed class CalibrateCommand(CommonOptions common, Screen screen)
{
    private readonly Argument<string> _experiment = new("experiment") { Description = "The experiment whose visitors are divided again and again." };

    /// <summary>The command.</summary>
    public Command Build()
    {
        Command command = new("calibrate", "Divide the visitors again by 1,000 salts and show how often the tests find what is not there.") { _experiment };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using ShopConnection shop = await ShopConnection.OpenAsync(common.FolderOf(parsed), cancellationToken);
        using JsonDocument report = await shop.AskAsync(
            HttpMethod.Get, $"v1/experiments/{Uri.EscapeDataString(parsed.GetRequiredValue(_experiment))}/report?format=json&calibrate=true", null, cancellationToken);
        foreach (JsonElement metric in report.RootElement.GetProperty("calibration").EnumerateArray())
        {
            JsonText.Show(screen, metric);
        }

        return 0;
    }
}
