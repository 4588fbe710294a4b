using Aisle.Ports;

namespace Aisle.RetrainTrigger.Tests.Faults;

/// <summary>Bundles of which one method fails.</summary>
internal sealed class FaultyModels(IModelStore inner, string method, Func<Exception?> fault) : IModelStore
{
    private readonly StoreFault _fault = new(method, fault);

    public Task<string?> OpenAsync(string version, CancellationToken cancellationToken)
    {
        _fault.Meet(nameof(OpenAsync));
        return inner.OpenAsync(version, cancellationToken);
    }

    public Task SaveAsync(string version, string folder, CancellationToken cancellationToken)
    {
        _fault.Meet(nameof(SaveAsync));
        return inner.SaveAsync(version, folder, cancellationToken);
    }

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        _fault.Meet(nameof(ListAsync));
        return inner.ListAsync(cancellationToken);
    }

    public Task DeleteAsync(string version, CancellationToken cancellationToken) => inner.DeleteAsync(version, cancellationToken);
}
