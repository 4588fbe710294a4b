using Aisle.Catalogue;
using Aisle.Events;
using Aisle.IngestEvent;
using Aisle.Local.Import;
using Aisle.Local.Workspaces;
using Aisle.Ports;
using Aisle.Privacy;

namespace Aisle.Host.Importing;

/// <summary>Imports a file through the operator's path: the event function's own writer without the collector's limit on age. Importing a file again changes nothing.</summary>
internal sealed class DatasetImport(
    EventIngester ingester, ICatalogueStore catalogue, Pseudonymizer pseudonymizer, Workspace workspace, WorkspaceClock clock)
{
    private const int BatchSize = 10_000;
    private static readonly TimeSpan Old = TimeSpan.FromDays(2);

    /// <summary>Reads the whole file.</summary>
    /// <param name="importer">The format.</param>
    /// <param name="path">The file, plain or gzip.</param>
    /// <param name="done">Told how many rows were handled since it was told last.</param>
    /// <param name="cancellationToken">Breaks off; importing again does no harm.</param>
    /// <exception cref="DatasetFormatException">The file is not of the format.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public async Task<ImportSummary> RunAsync(IDatasetImporter importer, string path, Action<int> done, CancellationToken cancellationToken)
    {
        using StreamReader text = DatasetFile.OpenText(path);
        using IDatasetReading reading = importer.Open(text);
        ImportSummary summary = new();
        Dictionary<string, UserId> pseudonyms = [];
        foreach (ImportedRow[] rows in reading.Rows().Chunk(BatchSize))
        {
            await WriteAsync(rows, pseudonyms, cancellationToken);
            Array.ForEach(rows, summary.Add);
            done(rows.Length);
        }

        foreach (Product[] products in reading.Products.Chunk(1000))
        {
            await catalogue.UpsertAsync(products, cancellationToken);
        }

        Remember(importer, summary);
        return summary;
    }

    private async Task WriteAsync(ImportedRow[] rows, Dictionary<string, UserId> pseudonyms, CancellationToken cancellationToken)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        InteractionEvent[] events = [.. rows.OfType<ImportedRow.Accepted>().Select(row => row.Content.ToEvent(PseudonymOf, now))];
        await ingester.WriteAsync(events, cancellationToken);

        UserId PseudonymOf(string shopper) =>
            pseudonyms.TryGetValue(shopper, out UserId known) ? known : pseudonyms[shopper] = pseudonymizer.UserOf(shopper);
    }

    /// <summary>The workspace stands just after its newest event, unless that is recent enough for now to do.</summary>
    private void Remember(IDatasetImporter importer, ImportSummary summary)
    {
        DateTimeOffset? newest = summary.NewestAt > workspace.Info.AsOf || workspace.Info.AsOf is null ? summary.NewestAt : workspace.Info.AsOf;
        DateTimeOffset? asOf = newest < TimeProvider.System.GetUtcNow() - Old ? newest.Value.AddSeconds(1) : null;
        workspace.Save(workspace.Info with
        {
            AsOf = asOf,
            Currency = summary.Currency ?? workspace.Info.Currency,
            FilledBy = importer.Name,
            IsFilled = true,
        });
        clock.MoveTo(asOf);
    }
}
