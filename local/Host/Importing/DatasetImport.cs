using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Experiments;
using Aisle.Host.Cli;
using Aisle.IngestEvent.Delivery;
using Aisle.Local.Import;
using Aisle.Local.Import.Outcome;
using Aisle.Local.Workspaces;
using Aisle.Ports;
using Aisle.Privacy;

namespace Aisle.Host.Importing;

/// <summary>Imports a file through the operator's path: the event function's own writer without the collector's limit on age, and the
/// catalogue's own editor. Importing a file again changes nothing.</summary>
internal sealed class DatasetImport(
    EventIngester ingester, CatalogueImport catalogue, ShopperImport shoppers, ExperimentImport experiments, IExposureLog exposures, Pseudonymizer pseudonymizer, Workspace workspace,
    WorkspaceClock clock)
{
    private const int BatchSize = 10_000;
    private const int RememberedPseudonyms = 200_000;
    private static readonly TimeSpan Old = TimeSpan.FromDays(2);

    private readonly Dictionary<string, UserId> _pseudonyms = [];
    private readonly HashSet<string> _variants = [];

    /// <summary>Reads the whole file.</summary>
    /// <param name="request">What to import and how.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellationToken">Breaks off; importing again does no harm.</param>
    /// <exception cref="UsageException">The file cannot be read, or something else began to fill the folder and broke off, or would drop too much of the catalogue, or the quarantine cannot be
    /// written. What was imported before stays.</exception>
    public async Task<ImportSummary> RunAsync(ImportRequest request, Action<ImportProgress> progress, CancellationToken cancellationToken)
    {
        try
        {
            if (!request.IsDryRun)
            {
                OwnedWorkspace.RefuseOther(workspace, request.Importer.Name);
            }

            ImportSummary summary = new() { IsDryRun = request.IsDryRun, KnownEvents = 0 };
            _variants.Clear();
            await (request.Options.Experiment is { } table ? experiments.CheckAsync(table, cancellationToken) : Task.CompletedTask);
            IReadOnlyList<Product> dropped = request.IsWholeCatalogue ? await DroppedAsync(request, cancellationToken) : [];
            await ReadAsync(request, summary, progress, cancellationToken);
            await FinishAsync(request, summary, dropped, cancellationToken);
            return summary;
        }
        catch (DatasetFormatException wrong)
        {
            throw UsageException.Of("file", wrong.Message);
        }
    }

    private async Task<IReadOnlyList<Product>> DroppedAsync(ImportRequest request, CancellationToken cancellationToken)
    {
        using IDatasetReading reading = request.Importer.Open(request.File, request.Options);
        return await catalogue.DroppedAsync(reading, request.MaxDrop, cancellationToken);
    }

    private async Task ReadAsync(ImportRequest request, ImportSummary summary, Action<ImportProgress> progress, CancellationToken cancellationToken)
    {
        using IDatasetReading reading = request.Importer.Open(request.File, request.Options);
        using Quarantine quarantine = new(request.Quarantine);
        await foreach (ImportedRow[] rows in reading.RowsAsync(cancellationToken).Chunk(BatchSize).WithCancellation(cancellationToken))
        {
            await quarantine.AddAsync(rows.OfType<ImportedRow.Rejected>(), cancellationToken);
            summary.Quarantine = quarantine.Path;
            if (!request.IsDryRun)
            {
                await WriteAsync(rows, request, summary, cancellationToken);
            }

            Array.ForEach(rows, summary.Add);
            progress(new ImportProgress(summary.Rows, request.File.Position, request.File.Length));
        }

        summary.UnknownProducts = await catalogue.NameAsync(reading.Products, request.IsDryRun, cancellationToken);
    }

    private async Task WriteAsync(ImportedRow[] rows, ImportRequest request, ImportSummary summary, CancellationToken cancellationToken)
    {
        if (workspace.Info.FilledBy is null)
        {
            workspace.Save(workspace.Info with { FilledBy = request.Importer.Name }); // should it break off, nothing else may fill the folder
        }

        InteractionEvent[] events = [.. rows.OfType<ImportedRow.Accepted>().Select(row => row.Content.ToEvent(PseudonymOf, request.Options.Now))];
        AppendOutcome outcome = await ingester.WriteAsync(events, cancellationToken);
        summary.KnownEvents += outcome.Duplicates;
        summary.ChangedProducts += await catalogue.WriteAsync(
            [.. rows.OfType<ImportedRow.Listed>()], replaces: request.IsWholeCatalogue, cancellationToken);
        await shoppers.WriteAsync([.. rows.OfType<ImportedRow.Described>().Select(row => row.Content)], cancellationToken);
        if (request.Options.Experiment is { } table)
        {
            await exposures.AppendAsync([.. rows.OfType<ImportedRow.Exposed>().Select(row => Exposure(table.Key, row.Content))], cancellationToken);
            _variants.UnionWith(rows.OfType<ImportedRow.Exposed>().Select(row => row.Content.Variant));
        }
    }

    private Exposure Exposure(string experiment, ImportedExposure exposed)
    {
        UserId user = PseudonymOf(exposed.Visitor);
        return new Exposure(experiment, new AssignmentId(user.Value), user, exposed.Variant, exposed.ExposedAt);
    }

    private UserId PseudonymOf(string shopper)
    {
        if (_pseudonyms.Count >= RememberedPseudonyms)
        {
            _pseudonyms.Clear();
        }

        return _pseudonyms.TryGetValue(shopper, out UserId known) ? known : _pseudonyms[shopper] = pseudonymizer.UserOf(shopper);
    }

    private async Task FinishAsync(ImportRequest request, ImportSummary summary, IReadOnlyList<Product> dropped, CancellationToken cancellationToken)
    {
        summary.DroppedProducts = dropped.Count;
        _pseudonyms.Clear();
        if (!request.IsDryRun)
        {
            await catalogue.DropAsync(dropped, cancellationToken);
            if (request.Options.Experiment is { } table)
            {
                await experiments.WriteAsync(table, _variants, request.Control, cancellationToken);
            }

            Remember(request.Importer, summary);
        }
    }

    /// <summary>The workspace stands just after its newest event, unless that is recent enough for now to do. A shop that lives in the
    /// present stays there, however old the file.</summary>
    private void Remember(IDatasetImporter importer, ImportSummary summary)
    {
        bool lives = workspace.Info is { IsFilled: true, AsOf: null };
        DateTimeOffset? newest = summary.NewestAt > workspace.Info.AsOf || workspace.Info.AsOf is null ? summary.NewestAt : workspace.Info.AsOf;
        DateTimeOffset? asOf = !lives && newest < TimeProvider.System.GetUtcNow() - Old ? newest.Value.AddSeconds(1) : null;
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
