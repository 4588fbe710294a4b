using Aisle.Ports;

namespace Aisle.RetrainTrigger.Runs;

/// <summary>A run in a worker's hands: every change is made on the newest record, a sign of life renews the lease, and a
/// worker that lost the run is told.</summary>
/// <remarks>Changes are written one after the other, so a step may report from its own thread.</remarks>
internal sealed class HeldRun : IProgress<double>, IAsyncDisposable
{
    private const double Worthwhile = 0.02;

    private readonly RunLedger _ledger;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _beating;
    private Versioned<Run> _held;
    private string _step = "";
    private double _shown;
    private Task _writing = Task.CompletedTask;

    /// <summary>Holds a run that was just taken.</summary>
    /// <param name="taken">The run and its tag.</param>
    /// <param name="ledger">Keeps the record.</param>
    /// <param name="heartbeat">How often a sign of life is given.</param>
    /// <param name="clock">Counts it.</param>
    public HeldRun(Versioned<Run> taken, RunLedger ledger, TimeSpan heartbeat, TimeProvider clock)
    {
        (_held, _ledger) = (taken, ledger);
        _beating = BeatAsync(heartbeat, clock, _ended.Token);
    }

    /// <summary>The run as it was last written.</summary>
    public Run Run => _held.Value;

    /// <summary>Is cancelled when the run is no longer this worker's.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Changes the record; a change that somebody else made meanwhile stays.</summary>
    /// <exception cref="RunLostException">The run is no longer this worker's.</exception>
    public async Task ChangeAsync(Func<Run, Run> change, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            while (await _ledger.WriteAsync(change(_held.Value), _held.Tag, cancellationToken) is var written)
            {
                if (written is not null)
                {
                    _held = written;
                    return;
                }

                await RereadAsync(cancellationToken);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Changes one step.</summary>
    public Task ChangeStepAsync(string name, Func<RunStep, RunStep> change, CancellationToken cancellationToken) => ChangeAsync(
        run => run with { Steps = [.. run.Steps.Select(step => step.Name == name ? change(step) : step)] }, cancellationToken);

    /// <summary>Says which step the next reports are of.</summary>
    public void Begin(string step) => (_step, _shown) = (step, 0);

    /// <inheritdoc/>
    public void Report(double value)
    {
        if (value - _shown >= Worthwhile && _writing.IsCompleted)
        {
            (_shown, string step) = (value, _step);
            _writing = QuietlyAsync(() => ChangeStepAsync(step, known => known with { Progress = Math.Clamp(value, 0, 1) }, CancellationToken.None), CancellationToken.None);
        }
    }

    /// <summary>Waits for the last report to be written.</summary>
    public Task SettleAsync(CancellationToken cancellationToken) => _writing.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _writing;
        await _beating;
        _ended.Dispose();
        _lost.Dispose();
        _turn.Dispose();
    }

    private async Task RereadAsync(CancellationToken cancellationToken)
    {
        Versioned<Run>? now = await _ledger.ReadAsync(Run.Id, cancellationToken);
        if (now is null || now.Value.Attempt != Run.Attempt || now.Value.State != RunState.Running)
        {
            await _lost.CancelAsync();
            throw new RunLostException(Run.Id);
        }

        _held = now;
    }

    private async Task BeatAsync(TimeSpan heartbeat, TimeProvider clock, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(heartbeat, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await QuietlyAsync(() => ChangeAsync(run => run, cancellationToken), cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return; // the run has left these hands
        }
    }

    // A sign of life that a store refuses is given again with the next beat; a lost run is told by the token.
    private static async Task QuietlyAsync(Func<Task> write, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await write();
        }
        catch (Exception fault) when (fault is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            return;
        }
    }
}
