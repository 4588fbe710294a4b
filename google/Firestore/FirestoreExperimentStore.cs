using Aisle.Experiments;
using Aisle.Ports;
using Google.Cloud.Firestore;

namespace Aisle.GoogleCloud.Firestore;

/// <summary>Experiments in Firestore: one document each in <c>experiments</c>.</summary>
public sealed class FirestoreExperimentStore : IExperimentStore
{
    private readonly DocumentSet<Experiment> _experiments;

    /// <summary>Uses a database.</summary>
    /// <param name="database">One per process; it is safe to share.</param>
    /// <param name="clock">What waiting between attempts is measured by.</param>
    public FirestoreExperimentStore(FirestoreDb database, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(database);
        _experiments = new(
            database.Collection("experiments"), ExperimentDocument.Encode, ExperimentDocument.Decode, new BatchWriter(database, clock));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Versioned<Experiment>>> ReadAllAsync(CancellationToken cancellationToken) =>
        _experiments.ReadAsync(experiments => experiments.OrderBy("key"), cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> TryWriteAsync(Experiment experiment, string? expectedTag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return (await _experiments.TryWriteAsync([(DocumentIds.Readable(experiment.Key), experiment, expectedTag)], cancellationToken))[0] is not null;
    }

    /// <inheritdoc/>
    public Task<bool> TryDeleteAsync(string key, string expectedTag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _experiments.TryDeleteAsync(DocumentIds.Readable(key), expectedTag, cancellationToken);
    }
}
