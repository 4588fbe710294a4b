using System.CommandLine;
using System.Text;
using Aisle.Host.Output;

namespace Aisle.Host.Cli.Experiments;

/// <summary><c>report EXPERIMENT</c>: the significance report, to read or as a file.</summary>
internal sealed class ReportCommand(CommonOptions common, Screen screen)
{
    private readonly Argument<string> _experiment = new("experiment") { Description = "The experiment's key." };
    private readonly Option<string> _format = new("--format") { Description = "text, html, json, csv or markdown.", DefaultValueFactory = _ => "text" };
    private readonly Option<bool> _calibrate = new("--aa")
    {
        Description = "Try the tests on the experiment's own visitors, divided again "
            + "by 1,000 salts; seconds for a million visitors. A page of few visitors has it anyway."
    };
    private readonly Option<string?> _out = new("--out") { Description = "Write into this file instead of the screen." };

    /// <summary>The command with its options.</summary>
    public Command Build()
    {
        _format.AcceptOnlyFromAmong("text", "html", "json", "csv", "markdown");
        Command command = new("report", "Show what an experiment has proved so far.") { _experiment, _format, _out, _calibrate };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string format = parsed.GetRequiredValue(_format);
        string wire = format == "text" ? "markdown" : format;
        await using ShopConnection shop = await ShopConnection.OpenAsync(common.FolderOf(parsed), cancellationToken);
        byte[] report = await shop.AskBytesAsync(
            HttpMethod.Get, $"v1/experiments/{Uri.EscapeDataString(parsed.GetRequiredValue(_experiment))}/report?format={wire}{(parsed.GetValue(_calibrate) ? "&calibrate=true" : "")}", null,
            wire switch { "html" => "text/html", "csv" => "text/csv", "markdown" => "text/markdown", _ => "application/json" }, cancellationToken);
        if (parsed.GetValue(_out) is { } path)
        {
            await WriteAsync(path, report, cancellationToken);
            screen.Line($"The report is in {path}.");
        }
        else
        {
            screen.Out.WriteLine(Encoding.UTF8.GetString(report));
        }

        return 0;
    }

    private static async Task WriteAsync(string path, byte[] report, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllBytesAsync(path, report, cancellationToken);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UsageException("--out", $"{path} cannot be written "
                + $"({refused.Message.TrimEnd('.')})", "Name a file in a folder that exists and that you may write to.");
        }
    }
}
