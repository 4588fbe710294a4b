namespace Aisle.RetrainTrigger.Runs;

/// <summary>A worker no longer has the run: its lease ran out and another took it, or somebody cancelled it.</summary>
/// <param name="id">The run.</param>
public sealed class RunLostException(string id)
    : Exception($"The run {id} is no longer in this worker's hands: another worker has it, or it was cancelled. This worker stops and changes nothing more.");
