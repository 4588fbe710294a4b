using System.Globalization;
using Aisle.Catalogue;
using Aisle.Ports;
using Aisle.RetrainTrigger.Runs;

namespace Aisle.RetrainTrigger.Steps;

/// <summary>Notices that what products say has changed since a run read the catalogue, and has it embedded anew: a new
/// product need not wait for the night.</summary>
/// <param name="ledger">Knows what the last runs read.</param>
/// <param name="reader">Reads the catalogue.</param>
/// <param name="candidates">Says whether a model serves.</param>
/// <param name="clock">Now.</param>
public sealed class CatalogueWatch(RunLedger ledger, TrainingReader reader, ICandidateStore candidates, TimeProvider clock)
{
    /// <summary>A content run is followed by a rest of so many times its own duration, so that a catalogue that never stands still
    /// does not keep the machine busy.</summary>
    private const int Rest = 3;

    /// <summary>Triggers a content run when there is something to embed.</summary>
    /// <returns>Null when nothing changed, when the last such run has only just ended, or when no model serves.</returns>
    public async Task<TriggerOutcome?> TriggerIfChangedAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Run> latest = await ledger.LatestAsync(cancellationToken);
        if (latest.Any(run => run is { Kind: RunKind.Content, State: RunState.Running }))
        {
            return await ledger.TriggerAsync(RunKind.Content, isForced: true, cancellationToken); // its next tick, or its worker died
        }

        if (IsResting(latest) || await candidates.ReadManifestAsync(cancellationToken) is null
            || latest.FirstOrDefault(run => run.CatalogueDigest is not null && run.State is not (RunState.Failed or RunState.Cancelled)) is not { } read)
        {
            return null;
        }

        return read.CatalogueDigest == DigestOf(await reader.ProductsAsync(cancellationToken)) ? null : await ledger.TriggerAsync(RunKind.Content, isForced: true, cancellationToken);
    }

    /// <summary>A digest of what products say: ids, texts, categories, brands, tags and dates. Price and stock
    /// reach shoppers by themselves.</summary>
    internal static string DigestOf(IEnumerable<Product> products) => Digests.OfTexts(products.OrderBy(product => product.Id).SelectMany(IEnumerable<string?> (product) =>
    [
        product.Id.Value, product.Title, product.Description, product.Category, product.Subcategory, product.Brand,
        product.CreatedDate is { } created ? string.Create(CultureInfo.InvariantCulture, $"{created:O}") : null, string.Join('\u001f', product.Tags),
    ]));

    private bool IsResting(IReadOnlyList<Run> latest) =>
        latest.FirstOrDefault(run => run.Kind == RunKind.Content) is { EndedAt: { } ended } last && clock.GetUtcNow() - ended < Rest * (ended - last.StartedAt);
}
