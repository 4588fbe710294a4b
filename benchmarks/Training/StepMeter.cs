using System.Diagnostics;
using System.Globalization;
using Aisle.Ports;

namespace Aisle.Benchmarks.Training;

/// <summary>Prints each step as it is recorded as done: its time, the processor time it took, the memory then and at the highest.</summary>
/// <param name="inner">Keeps the records.</param>
internal sealed class StepMeter(IRunStore inner) : IRunStore
{
    private readonly HashSet<string> _begun = [];
    private readonly HashSet<string> _printed = [];
    private TimeSpan _before = Process.GetCurrentProcess().TotalProcessorTime;

    /// <inheritdoc/>
    public Task<Versioned<Run>?> ReadAsync(string id, CancellationToken cancellationToken) => inner.ReadAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Run>> ReadLatestAsync(int limit, CancellationToken cancellationToken) => inner.ReadLatestAsync(limit, cancellationToken);

    /// <inheritdoc/>
    public Task<string?> TryWriteAsync(Run run, string? expectedTag, CancellationToken cancellationToken)
    {
        foreach (RunStep step in run.Steps)
        {
            if (step.State == RunStepState.Running && _begun.Add(step.Name))
            {
                using Process self = Process.GetCurrentProcess();
                _before = self.TotalProcessorTime;
            }
            else if (step.State == RunStepState.Done && _printed.Add(step.Name))
            {
                Print(step);
            }
        }

        return inner.TryWriteAsync(run, expectedTag, cancellationToken);
    }

    private void Print(RunStep step)
    {
        using Process self = Process.GetCurrentProcess();
        IEnumerable<string> counts = step.Counts.Where(count => step.Name is not ("evaluation" or "gate")).Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key} {count.Value:0}"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{step.Name,-12}{(step.EndedAt - step.StartedAt)?.TotalSeconds,9:0.0} s "
            + $"{(self.TotalProcessorTime - _before).TotalSeconds,9:0.0} cpu s   {GiB(self.WorkingSet64),6:0.00} GiB, peak "
            + $"{GiB(self.PeakWorkingSet64),6:0.00}   {string.Join(", ", counts)}"));
    }

    private static double GiB(long bytes) => bytes / (1024.0 * 1024 * 1024);
}
