using System.Collections.Concurrent;
using Aisle.Events;

namespace Aisle.ScoreUser.Logging;

/// <summary>Remembers which exposures this instance logged, so that each is logged about once. Forgetting does no
/// harm: the report takes the earliest.</summary>
internal sealed class ExposureMemory
{
    private const int Capacity = 1_000_000;

    private readonly ConcurrentDictionary<(string Experiment, AssignmentId Visitor), byte> _seen = [];
    private int _known; // counted here, for the dictionary locks itself whole to count

    /// <summary>Lets the exposure be logged again, because it found no place.</summary>
    public void Forget(string experiment, AssignmentId visitor) => _seen.TryRemove((experiment, visitor), out _);

    public bool IsFirst(string experiment, AssignmentId visitor)
    {
        if (!_seen.TryAdd((experiment, visitor), 0))
        {
            return false;
        }

        if (Interlocked.Increment(ref _known) >= Capacity)
        {
            _seen.Clear();
            Volatile.Write(ref _known, 0);
        }

        return true;
    }
}
