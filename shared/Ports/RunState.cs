namespace Aisle.Ports;

/// <summary>Where a run stands.</summary>
public enum RunState
{
    /// <summary>Steps are left.</summary>
    Running,

    /// <summary>Its model serves.</summary>
    Promoted,

    /// <summary>It trained a model that the gate refused; the serving model stays.</summary>
    Refused,

    /// <summary>A step failed; the serving model stays.</summary>
    Failed,

    /// <summary>Somebody cancelled it; the serving model stays.</summary>
    Cancelled,
}
