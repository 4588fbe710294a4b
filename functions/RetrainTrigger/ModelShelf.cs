using Aisle.Candidates;
using Aisle.Ports;

namespace Aisle.RetrainTrigger;

/// <summary>The models that are kept, and which of them serves.</summary>
public sealed class ModelShelf(IModelStore models, ICandidateStore candidates, ModelPublisher publisher)
{
    /// <summary>All complete versions, oldest first.</summary>
    public async Task<IReadOnlyList<(string Version, bool Serves)>> ListAsync(CancellationToken cancellationToken)
    {
        ServingManifest? serving = await candidates.ReadManifestAsync(cancellationToken);
        IReadOnlyList<string> versions = await models.ListAsync(cancellationToken);
        return [.. versions.Select(version => (version, version == serving?.ModelVersion))];
    }

    /// <summary>Lets an earlier model serve again. Its candidate lists may be gone by then; shoppers are scored live until the next run.</summary>
    /// <returns>False when there is no such version.</returns>
    public async Task<bool> PromoteAsync(string version, CancellationToken cancellationToken) =>
        (await models.ListAsync(cancellationToken)).Contains(version) && await publisher.PublishAsync(version, cancellationToken);
}
