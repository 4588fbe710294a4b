using Aisle.Candidates.Lists;
using Aisle.Events;
using Aisle.Ports;

namespace Aisle.RetrainTrigger.Tests.Faults;

/// <summary>Candidate lists of which one method fails.</summary>
internal sealed class FaultyCandidates(ICandidateStore inner, string method, Func<Exception?> fault) : ICandidateStore
{
    private readonly StoreFault _fault = new(method, fault);

    public Task WriteAsync(string modelVersion, IReadOnlyList<CandidateList> lists, CancellationToken cancellationToken)
    {
        _fault.Meet(nameof(WriteAsync));
        return inner.WriteAsync(modelVersion, lists, cancellationToken);
    }

    public Task<CandidateList?> ReadAsync(string modelVersion, UserId user, CancellationToken cancellationToken) => inner.ReadAsync(modelVersion, user, cancellationToken);

    public Task<ServingManifest?> ReadManifestAsync(CancellationToken cancellationToken)
    {
        _fault.Meet(nameof(ReadManifestAsync));
        return inner.ReadManifestAsync(cancellationToken);
    }

    public Task PublishAsync(ServingManifest manifest, CancellationToken cancellationToken)
    {
        _fault.Meet(nameof(PublishAsync));
        return inner.PublishAsync(manifest, cancellationToken);
    }

    public Task DropAsync(string modelVersion, CancellationToken cancellationToken) => inner.DropAsync(modelVersion, cancellationToken);

    public Task<int> DeleteUserAsync(UserId user, CancellationToken cancellationToken) => inner.DeleteUserAsync(user, cancellationToken);
}
