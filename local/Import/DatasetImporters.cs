namespace Aisle.Local.Import;

/// <summary>The formats that can be imported.</summary>
public static class DatasetImporters
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<IDatasetImporter> All { get; } = [new RetailRocketImporter(), new UciOnlineRetailImporter()];

    /// <summary>The format of a name, or null.</summary>
    public static IDatasetImporter? Find(string name) => All.FirstOrDefault(importer => importer.Name == name);
}
