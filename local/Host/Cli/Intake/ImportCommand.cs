using System.CommandLine;
using System.Text.Json;
using Aisle.Host.Importing;
using Aisle.Host.Output;
using Aisle.Local.Import;

namespace Aisle.Host.Cli.Intake;

/// <summary><c>import FORMAT FILE</c>: reads a data set, a shop's own export or a product feed into the shop.</summary>
internal sealed class ImportCommand(CommonOptions common, Screen screen)
{
    private readonly Argument<string> _format = new("format") { Description = $"auto, to look into the file, or one of {DatasetImporters.Names}." };
    private readonly Argument<string[]> _files = new("file") { Description = "The file or files, plain or gzip.", Arity = ArgumentArity.OneOrMore };
    private readonly ImportCommandOptions _options = new();

    /// <summary>The command with its arguments.</summary>
    public Command Build()
    {
        Command command = new("import", "Read a data set, an export or a product feed into the shop. Importing a file again changes "
            + "nothing. docs/importing.md has every format.") { _format, _files };
        _options.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string[] files = parsed.GetRequiredValue(_files);
        bool isFilled = false;
        foreach (string file in files)
        {
            ImportArguments stated = _options.Read(parsed) with { Format = parsed.GetRequiredValue(_format), Path = Path.GetFullPath(file) };
            await using ShopConnection shop = await ShopConnection.OpenAsync(common.OwnFolderOf(parsed), mayBeEmpty: true, cancellationToken);
            using JsonDocument summary = await new ImportRunner(shop, screen).RunAsync(stated, cancellationToken);
            screen.Line(Path.GetFileName(file) + ":");
            ImportReport.Print(screen, summary.RootElement);
            isFilled |= !stated.DryRun && summary.RootElement.GetProperty("accepted").EnumerateObject().Any();
        }

        if (isFilled)
        {
            string next = _options.Read(parsed).Experiment is { } experiment ? $"report {experiment}" : "retrain";
            screen.Line($"Next: aisle {next}{common.DataAsGiven(parsed)}");
        }

        return 0;
    }
}
