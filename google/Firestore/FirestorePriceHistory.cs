using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Ports;
using Google.Cloud.Firestore;

namespace Aisle.GoogleCloud.Firestore;

/// <summary>The history of prices in Firestore: one document a change in <c>price_changes</c>, named by product and instant, so that a
/// repetition writes the same document.</summary>
public sealed class FirestorePriceHistory : IPriceHistory
{
    private readonly DocumentSet<PriceChange> _changes;

    /// <summary>Uses a database.</summary>
    /// <param name="database">One per process; it is safe to share.</param>
    /// <param name="clock">What waiting between attempts is measured by.</param>
    public FirestorePriceHistory(FirestoreDb database, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(database);
        _changes = new(database.Collection("price_changes"), PriceChangeDocument.Encode, PriceChangeDocument.Decode, new BatchWriter(database, clock));
    }

    /// <inheritdoc/>
    public Task RecordAsync(IReadOnlyList<PriceChange> changes, CancellationToken cancellationToken) =>
        _changes.WriteAsync(changes.Select(change => (Id(change), change)), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PriceChange>> ReadAsync(ProductId product, CancellationToken cancellationToken)
    {
        IReadOnlyList<Versioned<PriceChange>> found = await _changes.ReadAsync(
            changes => changes.WhereEqualTo("product_id", product.Value), cancellationToken);
        List<PriceChange> distinct = [];
        foreach (PriceChange change in found.Select(one => one.Value).OrderBy(change => change.At))
        {
            if (distinct.Count == 0 || !change.SaysTheSameAs(distinct[^1]))
            {
                distinct.Add(change);
            }
        }

        return distinct;
    }

    private static string Id(PriceChange change) => DocumentIds.Hashed($"{change.Product.Value} {change.At.UtcTicks}");
}
