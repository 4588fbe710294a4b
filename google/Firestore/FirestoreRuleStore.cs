using Aisle.Ports;
using Google.Cloud.Firestore;

namespace Aisle.GoogleCloud.Firestore;

/// <summary>The merchandisers' rules in Firestore: the document <c>merchandising/rules</c>.</summary>
public sealed class FirestoreRuleStore : IRuleStore
{
    private const string Id = "rules";

    private readonly DocumentSet<string> _documents;

    /// <summary>Uses a database.</summary>
    /// <param name="database">One per process; it is safe to share.</param>
    /// <param name="clock">What waiting between attempts is measured by.</param>
    public FirestoreRuleStore(FirestoreDb database, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(database);
        _documents = new(
            database.Collection("merchandising"), document => new Dictionary<string, object?> { ["json"] = document }, fields => fields.Text("json"),
            new BatchWriter(database, clock));
    }

    /// <inheritdoc/>
    public Task<Versioned<string>?> ReadAsync(CancellationToken cancellationToken) => _documents.ReadAsync(Id, cancellationToken);

    /// <inheritdoc/>
    public async Task<string?> TryWriteAsync(string document, string? expectedTag, CancellationToken cancellationToken) =>
        (await _documents.TryWriteAsync([(Id, document, expectedTag)], cancellationToken))[0];
}
