using System.Buffers;
using System.Globalization;
using System.Text;
using Aisle.Events.Rules;
using Aisle.Host.Cli;
using Aisle.Local.Import;
using Aisle.Local.Import.Files;
using Aisle.Local.Import.ShopExports;
using Aisle.Local.Workspaces;

namespace Aisle.Host.Importing;

/// <summary>An import that can be begun: format known, options checked.</summary>
internal sealed record ImportRequest : IDisposable
{
    private static readonly SearchValues<char> KeyLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    // A table tells no times; any will do that is long past.
    private static readonly DateTimeOffset InventedStart = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

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

    /// <summary>The control's name in an experiment's table; null for the first in alphabetical order.</summary>
    public string? Control { get; init; }

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
            return new ImportRequest(file, importer, OptionsOf(stated, importer, now))
            {
                Control = stated.Control,
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
            ?? throw new UsageException("format", $"{file.Name} looks like none that is known", $"Name one of {DatasetImporters.Names}; "
                + "csv, jsonl and parquet take a --map.");
    }

    private static ImportOptions OptionsOf(ImportArguments stated, IDatasetImporter importer, DateTimeOffset now) => new()
    {
        Now = now,
        Experiment = importer is ExperimentTableImporter ? TableOf(stated) : null,
        Map = stated.Map is { } map ? Checked("--map", () => DatasetImporters.ReadMap(map)) : null,
        Currency = stated.Currency is not { } currency || Currencies.IsKnown(currency)
            ? stated.Currency
            : throw new UsageException("--currency", $"'{currency}' is no ISO 4217 code", "Use three capital letters, such as EUR."),
        AnyCurrency = stated.AnyCurrency,
        Encoding = EncodingOf(stated.Encoding),
    };

    private static ExperimentTable TableOf(ImportArguments stated)
    {
        string key = stated.Experiment is { Length: > 0 and <= 64 } named && !named.AsSpan().ContainsAnyExcept(KeyLetters)
            ? named
            : throw new UsageException("--experiment", $"'{stated.Experiment}' is no key", "Use 1 to 64 lower-case letters, digits, dashes and underscores.");
        return stated.From is not { } from ? new ExperimentTable(key, InventedStart)
            : DateTimeOffset.TryParse(from, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset at)
                ? new ExperimentTable(key, at)
                : throw new UsageException("--from", $"'{from}' is no time", "Use a time such as 2026-01-15 or 2026-01-15T12:00:00Z.");
    }

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
