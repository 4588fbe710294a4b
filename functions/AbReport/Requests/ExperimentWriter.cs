using Aisle.Experiments;
using Aisle.Http;
using Aisle.Ports;

namespace Aisle.AbReport.Requests;

/// <summary>Writes experiments so that no two of one layer own a bucket at the same time, also when several
/// callers write at once.</summary>
/// <remarks>
/// Within one process writes take turns. Another process may write between the look and the write, and the store compares single
/// experiments only; so the layer is looked at once more afterwards, and what clashes then is taken back: a changed experiment gets its
/// former state, a new one is removed. Of two that were written at the same moment each may see the other, and then both are taken back.
/// </remarks>
/// <param name="experiments">Where they are kept.</param>
public sealed class ExperimentWriter(IExperimentStore experiments) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Which buckets others of its layer own already.</summary>
    internal async Task<IReadOnlyList<FieldProblem>> ClashesAsync(Experiment experiment, CancellationToken cancellationToken) =>
        Layers.Clashes(experiment, (await experiments.ReadAllAsync(cancellationToken)).Select(known => known.Value));

    /// <summary>Writes one.</summary>
    /// <param name="experiment">The new state.</param>
    /// <param name="known">The state it was made from; null for a new experiment.</param>
    /// <param name="cancellationToken">Gives up before the write; what was written is always looked at again.</param>
    internal async Task<ExperimentWrite> WriteAsync(Experiment experiment, Versioned<Experiment>? known, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            IReadOnlyList<FieldProblem> clashes = await ClashesAsync(experiment, cancellationToken);
            if (clashes.Count > 0)
            {
                return new ExperimentWrite.Clashing(clashes);
            }

            return await experiments.TryWriteAsync(experiment, known?.Tag, cancellationToken)
                ? await KeepOrTakeBackAsync(experiment, known?.Value, CancellationToken.None) // what is written is looked at, also for a caller who is gone
                : new ExperimentWrite.Outrun();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<ExperimentWrite> KeepOrTakeBackAsync(Experiment experiment, Experiment? former, CancellationToken cancellationToken)
    {
        if (experiment.Layer is null)
        {
            return new ExperimentWrite.Written();
        }

        IReadOnlyList<Versioned<Experiment>> all = await experiments.ReadAllAsync(cancellationToken);
        IReadOnlyList<FieldProblem> clashes = Layers.Clashes(experiment, all.Select(one => one.Value));
        if (clashes.Count == 0 || all.FirstOrDefault(one => one.Value.Key == experiment.Key) is not { } written)
        {
            return new ExperimentWrite.Written();
        }

        await (former is null
            ? experiments.TryDeleteAsync(experiment.Key, written.Tag, cancellationToken)
            : experiments.TryWriteAsync(former, written.Tag, cancellationToken));
        return new ExperimentWrite.TakenBack(experiment.Layer);
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();
}
