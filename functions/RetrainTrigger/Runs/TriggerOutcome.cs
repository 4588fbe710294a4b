using Aisle.Ports;

namespace Aisle.RetrainTrigger.Runs;

/// <summary>What can come of a trigger.</summary>
public abstract record TriggerOutcome
{
    private TriggerOutcome()
    {
    }

    /// <summary>The run is to be worked on now: new, or resumed.</summary>
    /// <param name="Run">The run.</param>
    public sealed record Started(Run Run) : TriggerOutcome;

    /// <summary>A worker holds the run already.</summary>
    /// <param name="Run">The run.</param>
    public sealed record Underway(Run Run) : TriggerOutcome;

    /// <summary>Today's run has ended; there is nothing to do.</summary>
    /// <param name="Run">The run.</param>
    public sealed record DoneAlready(Run Run) : TriggerOutcome;
}
