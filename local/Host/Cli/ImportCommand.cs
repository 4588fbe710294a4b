using System.CommandLine;
using System.Text.Json;
using Aisle.Host.Importing;
using Aisle.Host.Output;
using Aisle.Local.Import;

namespace Aisle.Host.Cli;

/// <summary><c>import FORMAT FILE</c>: reads a public data set into the shop.</summary>
internal sealed class ImportCommand(CommonOptions common, Screen screen)
{
    private readonly Argument<string> _format = new("format")
    {
        Description = $"The format: {string.Join(", ", DatasetImporters.All.Select(importer => importer.Name))}.",
    };

    private readonly Argument<string> _file = new("file") { Description = "The file, plain or gzip." };

    /// <summary>The command with its arguments.</summary>
    public Command Build()
    {
        Command command = new("import", "Read a data set into the shop. Importing a file again changes nothing.") { _format, _file };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string format = parsed.GetRequiredValue(_format);
        IDatasetImporter importer = DatasetImporters.Find(format)
            ?? throw new UsageException("format", $"'{format}' is unknown", $"Use one of {string.Join(", ", DatasetImporters.All.Select(one => one.Name))}.");
        string path = Path.GetFullPath(parsed.GetRequiredValue(_file));
        if (!File.Exists(path))
        {
            throw new UsageException("file", $"there is no file {path}", "Name the data set's file.");
        }

        await using ShopConnection shop = await ShopConnection.OpenAsync(common.FolderOf(parsed), mayBeEmpty: true, cancellationToken);
        using JsonDocument summary = shop.Shop is { } open
            ? JsonDocument.Parse(ImportReport.ToJson(await ImportAsync(open.Services.GetRequiredService<DatasetImport>(), importer, path, cancellationToken)))
            : await shop.AskAsync(HttpMethod.Post, "v1/imports", JsonSerializer.Serialize(new Dictionary<string, string> { ["format"] = format, ["path"] = path }), cancellationToken);
        ImportReport.Print(screen, summary.RootElement);
        screen.Line("Next: aisle retrain");
        return 0;
    }

    private async Task<ImportSummary> ImportAsync(DatasetImport import, IDatasetImporter importer, string path, CancellationToken cancellationToken)
    {
        ImportSummary? summary = null;
        try
        {
            await screen.ProgressAsync(
                async (bars, token) => summary = await import.RunAsync(importer, path, bars.Add("rows", EstimateRows(path)), token), cancellationToken);
        }
        catch (DatasetFormatException wrong)
        {
            throw new UsageException("file", wrong.Message.TrimEnd('.'), "Name a file of the format.");
        }

        return summary!;
    }

    /// <summary>A line of such files has about 80 bytes, or 14 when compressed; only the bar depends on it.</summary>
    private static long EstimateRows(string path) => new FileInfo(path).Length / (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? 14 : 80);
}
