using Google.Cloud.BigQuery.V2;

namespace Aisle.GoogleCloud.BigQuery;

/// <summary>The tables and views of the warehouse, as the SQL files of this assembly define them.</summary>
public static class WarehouseSchema
{
    private const string Prefix = "Aisle.GoogleCloud.Sql.";

    /// <summary>The statements that make everything, in the order of the files' names; each does nothing where
    /// its table stands already.</summary>
    /// <param name="dataset">Replaces <c>aisle</c>, the files' own dataset.</param>
    public static IReadOnlyList<string> Statements(string dataset) =>
        [.. typeof(WarehouseSchema).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.Split('.').Length == 5)
            .Order(StringComparer.Ordinal)
            .SelectMany(name => Load(name).Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Select(statement => statement.Replace("aisle.", $"{dataset}.", StringComparison.Ordinal))];

    /// <summary>Makes what is missing. The dataset itself must exist.</summary>
    public static async Task CreateAsync(BigQueryClient client, GoogleOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        foreach (string statement in Statements(options.Dataset))
        {
            await client.ExecuteQueryAsync(statement, parameters: null, cancellationToken: cancellationToken);
        }
    }

    private static string Load(string name)
    {
        using StreamReader reader = new(typeof(WarehouseSchema).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
