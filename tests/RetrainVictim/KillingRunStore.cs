using System.Diagnostics;
using Aisle.Ports;

namespace Aisle.RetrainVictim;

/// <summary>Records of runs that end the process with SIGKILL at one point: after a step was recorded as begun,
/// or before it is recorded as done.</summary>
/// <param name="inner">Keeps the records.</param>
/// <param name="point">Such as <c>factors:begun</c> or <c>factors:done</c>; anything else kills at none.</param>
public sealed class KillingRunStore(IRunStore inner, string point) : IRunStore
{
    /// <inheritdoc/>
    public Task<Versioned<Run>?> ReadAsync(string id, CancellationToken cancellationToken) => inner.ReadAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Run>> ReadLatestAsync(int limit, CancellationToken cancellationToken) => inner.ReadLatestAsync(limit, cancellationToken);

    /// <inheritdoc/>
    public async Task<string?> TryWriteAsync(Run run, string? expectedTag, CancellationToken cancellationToken)
    {
        KillAt(run, RunStepState.Done, "done");
        string? written = await inner.TryWriteAsync(run, expectedTag, cancellationToken);
        KillAt(run, RunStepState.Running, "begun");
        return written;
    }

    private void KillAt(Run run, RunStepState state, string word)
    {
        if (run.Steps.Any(step => step.State == state && $"{step.Name}:{word}" == point))
        {
            Process.GetCurrentProcess().Kill(); // SIGKILL: no handler, no flush, no farewell
        }
    }
}
