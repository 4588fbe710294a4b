using Aisle.Local.Import.Datasets;
using Aisle.Local.Import.Files;
using Aisle.Local.Import.Mapping;
using Aisle.Local.Import.ShopExports;

namespace Aisle.Local.Import;

/// <summary>The formats that can be imported.</summary>
public static class DatasetImporters
{
    /// <summary>All of them; the general ones last.</summary>
    public static IReadOnlyList<IDatasetImporter> All { get; } =
    [
        new UciOnlineRetailImporter(), new RetailRocketImporter(), new Rees46Importer(), new CompleteJourneyImporter(), new MovieLensImporter(),
        new AmazonReviewsImporter(), new AmazonSequencesImporter(), new HmImporter(), new Ga4Importer(), new MerchantCenterImporter(),
        MappedImporter.Csv, MappedImporter.JsonLines, MappedImporter.Parquet, new ExperimentTableImporter(),
    ];

    /// <summary>The names of all formats with commas between them.</summary>
    public static string Names => string.Join(", ", All.Select(importer => importer.Name));

    /// <summary>The format of a name, or null.</summary>
    public static IDatasetImporter? Find(string name) => All.FirstOrDefault(importer => importer.Name == name);

    /// <summary>The format that a file looks like; null when it looks like none.</summary>
    public static IDatasetImporter? Detect(DatasetFile file)
    {
        FileHead head = new(file);
        return All.FirstOrDefault(importer => importer.Recognizes(head));
    }

    /// <summary>The general format that a file is of, for reading it by a map.</summary>
    public static IDatasetImporter DetectMapped(DatasetFile file)
    {
        FileHead head = new(file);
        return head.Text.StartsWith("PAR1", StringComparison.Ordinal) ? MappedImporter.Parquet
            : head.Text.TrimStart().StartsWith('{') ? MappedImporter.JsonLines
            : MappedImporter.Csv;
    }

    /// <summary>The map of a command line: of events, of products or of an experiment's table, whichever the fields are.</summary>
    /// <exception cref="DatasetFormatException">It cannot be read.</exception>
    public static ColumnMap ReadMap(string text) =>
        ColumnMapText.Read(text, [.. MappedFields.OfEvents.Union(MappedFields.OfProducts).Union(ExperimentTableImporter.Fields)]);
}
