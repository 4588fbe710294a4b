using Aisle.Ports;

namespace Aisle.RetrainTrigger.Runs;

/// <summary>Works runs off behind the answers to their triggers: in this process, or in one beside it.</summary>
public interface IRunWorker
{
    /// <summary>Works the run off, or leaves it to the worker who has it.</summary>
    /// <returns>The run as it ended.</returns>
    Task<Run> RunAsync(string id, CancellationToken cancellationToken);
}
