using System.Collections.Concurrent;
using Aisle.Events;

namespace Aisle.ScoreUser.Logging;

/// <summary>Remembers which exposures this instance logged, so that each is logged about once. Forgetting does no harm: the report takes the earliest.</summary>
internal sealed class ExposureMemory
{
    private const int Capacity = 1_000_000;

    private readonly ConcurrentDictionary<(string Experiment, AssignmentId Visitor), byte> _seen = [];

    /// <summary>Lets the exposure be logged again, because logging it failed.</summary>
    public void Forget(string experiment, AssignmentId visitor) => _seen.TryRemove((experiment, visitor), out _);

    public bool IsFirst(string experiment, AssignmentId visitor)
    {
        if (_seen.Count >= Capacity)
        {
            _seen.Clear();
        }

        return _seen.TryAdd((experiment, visitor), 0);
    }
}
