using Aisle.Ports;

namespace Aisle.RetrainTrigger;

/// <summary>Shows how far a step is in the run's record, at most about once a second's worth of progress, and renews the worker's lease by it.</summary>
/// <remarks>A step reports from its own thread; the record is written in turn, and the last write is awaited when the step ends.</remarks>
internal sealed class StepProgress(Versioned<Run> held, string step, RunLedger ledger) : IProgress<double>, IDisposable
{
    private const double Worthwhile = 0.02;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private Versioned<Run> _held = held;
    private Task _writing = Task.CompletedTask;
    private double _shown;

    /// <inheritdoc/>
    public void Report(double value)
    {
        if (value - _shown >= Worthwhile && _writing.IsCompleted)
        {
            _shown = value;
            _writing = WriteAsync(value, CancellationToken.None);
        }
    }

    /// <summary>Waits for the last write.</summary>
    /// <returns>The run as it stands now.</returns>
    public async Task<Versioned<Run>> EndAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        return _held;
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task WriteAsync(double value, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            Run run = _held.Value with
            {
                Steps = [.. _held.Value.Steps.Select(known => known.Name == step ? known with { Progress = Math.Clamp(value, 0, 1) } : known)],
            };
            _held = await ledger.WriteAsync(run, _held.Tag, cancellationToken) ?? _held;
        }
        finally
        {
            _turn.Release();
        }
    }
}
