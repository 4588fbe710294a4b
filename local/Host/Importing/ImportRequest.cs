using System.Text;
using Aisle.Events;
using Aisle.Host.Cli;
using Aisle.Local.Import;
using Aisle.Local.Workspaces;

namespace Aisle.Host.Importing;

/// <summary>An import that can be begun: format known, options checked.</summary>
internal sealed record ImportRequest : IDisposable
{
    private ImportRequest(DatasetFile file, IDatasetImporter importer, ImportOptions options)
    {
        File = file;
        Importer = importer;
        Options = options;
    }

    /// <summary>The open file.</summary>
    public DatasetFile File { get; }

    /// <summary>The format.</summary>
    public IDatasetImporter Importer { get; }

    /// <summary>What is said about the file.</summary>
    public ImportOptions Options { get; }

    /// <summary>Where lines that are left out go.</summary>
    public required string Quarantine { get; init; }

    /// <summary>Whether nothing is to be written.</summary>
    public required bool IsDryRun { get; init; }

    /// <summary>Whether products that the file lacks leave the catalogue.</summary>
    public required bool IsWholeCatalogue { get; init; }

    /// <summary>The largest share of the catalogue that may leave; 1 when forced.</summary>
    public required double MaxDrop { get; init; }

    /// <summary>The experiment whose table the file is; null for other files.</summary>
    public string? Experiment { get; init; }

    /// <summary>Checks what was stated and opens the file.</summary>
    /// <param name="stated">What the operator said.</param>
    /// <param name="workspace">Where quarantine files go by default.</param>
    /// <param name="now">The time of the import.</param>
    /// <exception cref="UsageException">Something stated cannot be used; the message names it.</exception>
    public static ImportRequest Of(ImportArguments stated, Workspace workspace, DateTimeOffset now)
    {
        DatasetFile file = Checked("file", () => DatasetFile.Open(stated.Path ?? ""));
        try
        {
            IDatasetImporter importer = ImporterOf(stated, file);
            return new ImportRequest(file, importer, OptionsOf(stated, now))
            {
                Quarantine = stated.Quarantine ?? Path.Combine(workspace.Folder, "quarantine", $"{file.Name}.{importer.Name}.jsonl"),
                IsDryRun = stated.DryRun,
                IsWholeCatalogue = IsWhole(stated, importer),
                MaxDrop = MaxDropOf(stated),
            };
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => File.Dispose();

    /// <summary>Runs what may complain of a file, and says which argument the complaint is about.</summary>
    public static T Checked<T>(string argument, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DatasetFormatException wrong)
        {
            throw UsageException.Of(argument, wrong.Message);
        }
    }

    private static IDatasetImporter ImporterOf(ImportArguments stated, DatasetFile file)
    {
        if (stated.Format is { } name and not "auto")
        {
            return DatasetImporters.Find(name)
                ?? throw new UsageException("format", $"'{name}' is unknown", $"Use auto or one of {DatasetImporters.Names}.");
        }

        return (stated.Map is null ? DatasetImporters.Detect(file) : DatasetImporters.DetectMapped(file))
            ?? throw new UsageException("format", $"{file.Name} looks like none that is known", $"Name one of {DatasetImporters.Names}; csv, jsonl and parquet take a --map.");
    }

    private static ImportOptions OptionsOf(ImportArguments stated, DateTimeOffset now) => new()
    {
        Now = now,
        Map = stated.Map is { } map ? Checked("--map", () => DatasetImporters.ReadMap(map)) : null,
        Currency = stated.Currency is not { } currency || Money.IsCurrency(currency)
            ? stated.Currency
            : throw new UsageException("--currency", $"'{currency}' is no ISO 4217 code", "Use three capital letters, such as EUR."),
        AnyCurrency = stated.AnyCurrency,
        Encoding = EncodingOf(stated.Encoding),
    };

    private static Encoding EncodingOf(string? name)
    {
        try
        {
            return name is null ? new UTF8Encoding(false) : System.Text.Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            throw new UsageException("--encoding", $"'{name}' is unknown", "Use utf-8, latin1, utf-16 or ascii.");
        }
    }

    private static bool IsWhole(ImportArguments stated, IDatasetImporter importer) => stated.Catalogue switch
    {
        null => importer.IsWholeCatalogue,
        "whole" => true,
        "part" => false,
        _ => throw new UsageException("--catalogue", $"'{stated.Catalogue}' is unknown", "Use whole (products that the file lacks leave the shop) or part."),
    };

    private static double MaxDropOf(ImportArguments stated) => stated.Force ? 1
        : stated.MaxDrop is >= 0 and <= 1 ? stated.MaxDrop
        : throw new UsageException("--max-drop", "not a share from 0 to 1", "Use a share of the catalogue, such as 0.2.");
}
